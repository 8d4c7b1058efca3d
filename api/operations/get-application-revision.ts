import type { GetApplicationRevisionInput, GetApplicationRevisionOutput } from '@aws-sdk/client-codedeploy';

import { findTargetGroups } from '../application-revisions/target-groups.ts';
import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { RevisionDoesNotExist, RevisionRequired } from '../errors/revision-errors.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { required } from '../validation/required.ts';
import { checkRevision } from '../validation/revision.ts';
import { revisionInfo } from '../wire/revision-info.ts';
import { REVISION_SHAPE, revisionLocation } from '../wire/revision-location.ts';

/**
 * Tells what is known of a revision. The text of an AppSpec file is found by its digest, and comes back whole.
 * @throws ApplicationNameRequired, RevisionRequired, InvalidApplicationName, ApplicationDoesNotExist, InvalidRevision,
 *   RevisionDoesNotExist
 */
export const getApplicationRevision: Operation<GetApplicationRevisionInput, GetApplicationRevisionOutput> = {
  input: { applicationName: 'text', revision: REVISION_SHAPE },

  async run(input, ports) {
    const given = required(input.applicationName, ApplicationNameRequired);
    const location = required(input.revision, RevisionRequired);
    const application = await findApplication(checkApplicationName(given), ports);
    const revision = checkRevision(location, application.computePlatform);
    const registered = await ports.applicationRevisions.byIdentity(application, revision);
    if (!registered) throw new RevisionDoesNotExist(application.applicationName, revision);
    const groups = (await findTargetGroups(application, ports)).of(registered.revision);
    return {
      applicationName: application.applicationName,
      revision: revisionLocation(registered.revision),
      revisionInfo: revisionInfo(registered, groups),
    };
  },
};
