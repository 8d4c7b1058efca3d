import type { DeleteApplicationInput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { requireApplicationName } from '../validation/application-name.ts';

/**
 * Deletes an application with its deployment groups and revisions; one that is not there is deleted already. Instances
 * and bundles stay as they are.
 * @throws ApplicationNameRequired, InvalidApplicationName
 */
export const deleteApplication: Operation<DeleteApplicationInput, object> = {
  input: { applicationName: 'text' },

  async run(input, { applications, resourceTags }) {
    const application = await applications.byName(requireApplicationName(input.applicationName));
    if (!application) return {};
    await resourceTags.forget(application.applicationId);
    await applications.delete(application);
    return {};
  },
};
