import type { RegisterApplicationRevisionInput } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import type { ApplicationRevision } from '../../core/application-revisions/application-revision.ts';
import { checkBundle } from '../application-revisions/check-bundle.ts';
import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { InvalidGitHubAccountToken } from '../errors/github-token-errors.ts';
import { BundleDoesNotExist, InvalidRevision, RevisionRequired } from '../errors/revision-errors.ts';
import type { Operation, Ports } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { checkDescription } from '../validation/description.ts';
import { required } from '../validation/required.ts';
import { checkRevision } from '../validation/revision.ts';
import { REVISION_SHAPE } from '../wire/revision-location.ts';

/**
 * Makes a revision known to an application; one that is known gets the new description. A bundle with a faulty AppSpec
 * is refused; one that is not there, or not ours to read, passes, as it does with CodeDeploy.
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
    const { checkedState } = await checkIfThere(application, revision, ports);
    await ports.applicationRevisions.register(application, revision, {
      description,
      atMs: ports.clock(),
      checkedState,
    });
    return {};
  },
};

/** What is not there yet may come before it is deployed, and so may a token that opens its repository. */
async function checkIfThere(application: Application, revision: ApplicationRevision, ports: Ports) {
  try {
    return await checkBundle(application, revision, ports);
  } catch (error) {
    if (error instanceof BundleDoesNotExist || error instanceof InvalidGitHubAccountToken) return {};
    throw error;
  }
}
