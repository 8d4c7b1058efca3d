import type { BatchGetApplicationRevisionsInput, BatchGetApplicationRevisionsOutput } from '@aws-sdk/client-codedeploy';

import { findTargetGroups } from '../application-revisions/target-groups.ts';
import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { RevisionDoesNotExist, RevisionRequired } from '../errors/revision-errors.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { checkBatch } from '../validation/batch.ts';
import { required } from '../validation/required.ts';
import { checkRevision } from '../validation/revision.ts';
import { revisionInfo } from '../wire/revision-info.ts';
import { REVISION_SHAPE, revisionLocation } from '../wire/revision-location.ts';

const MOST_AT_ONCE = 25;

/**
 * Tells what is known of several revisions; those that are not registered are named in a message.
 * @throws ApplicationNameRequired, RevisionRequired, BatchLimitExceeded, InvalidApplicationName,
 *   ApplicationDoesNotExist, InvalidRevision
 */
export const batchGetApplicationRevisions: Operation<
  BatchGetApplicationRevisionsInput,
  BatchGetApplicationRevisionsOutput
> = {
  input: { applicationName: 'text', revisions: [REVISION_SHAPE] },

  async run(input, ports) {
    const given = required(input.applicationName, ApplicationNameRequired);
    const locations = checkBatch(required(input.revisions, RevisionRequired), MOST_AT_ONCE);
    const application = await findApplication(checkApplicationName(given), ports);
    const revisions = locations.map((location) => checkRevision(location, application.computePlatform));
    const [targetGroups, ...found] = await Promise.all([
      findTargetGroups(application, ports),
      ...revisions.map((revision) => ports.applicationRevisions.byIdentity(application, revision)),
    ]);
    return {
      applicationName: application.applicationName,
      revisions: found
        .filter((registered) => registered !== undefined)
        .map((registered) => ({
          revisionLocation: revisionLocation(registered.revision),
          genericRevisionInfo: revisionInfo(registered, targetGroups.of(registered.revision)),
        })),
      errorMessage: revisions
        .filter((_, index) => found[index] === undefined)
        .map((revision) => new RevisionDoesNotExist(application.applicationName, revision).message)
        .join('; '),
    };
  },
};
