import type { RegisterApplicationRevisionInput } from '@aws-sdk/client-codedeploy';

import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { InvalidRevision, RevisionRequired } from '../errors/revision-errors.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { checkDescription } from '../validation/description.ts';
import { required } from '../validation/required.ts';
import { checkRevision } from '../validation/revision.ts';
import { REVISION_SHAPE } from '../wire/revision-location.ts';

/**
 * Makes a revision known to an application; one that is known gets the new description. Nobody looks whether the bundle
 * is there.
 * @throws ApplicationNameRequired, RevisionRequired, InvalidApplicationName, ApplicationDoesNotExist,
 *   DescriptionTooLong, InvalidRevision
 */
export const registerApplicationRevision: Operation<RegisterApplicationRevisionInput, object> = {
  input: { applicationName: 'text', description: 'text', revision: REVISION_SHAPE },

  async run(input, ports) {
    const given = required(input.applicationName, ApplicationNameRequired);
    const location = required(input.revision, RevisionRequired);
    const application = await findApplication(checkApplicationName(given), ports);
    const description = checkDescription(input.description);
    const revision = checkRevision(location, application.computePlatform);
    if ('Sha256' in revision && revision.Content === undefined) {
      throw new InvalidRevision('A revision is registered with its content; the sha256 alone only finds it later');
    }
    await ports.applicationRevisions.register(application, revision, { description, atMs: ports.clock() });
    return {};
  },
};
