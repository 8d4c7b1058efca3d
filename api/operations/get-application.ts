import type { GetApplicationInput, GetApplicationOutput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { requireApplicationName } from '../validation/application-name.ts';
import { applicationInfo } from '../wire/application-info.ts';

/**
 * Tells what is known of an application.
 * @throws ApplicationNameRequired, InvalidApplicationName, ApplicationDoesNotExist
 */
export const getApplication: Operation<GetApplicationInput, GetApplicationOutput> = {
  input: { applicationName: 'text' },

  async run(input, ports) {
    const application = await findApplication(requireApplicationName(input.applicationName), ports);
    return { application: applicationInfo(application) };
  },
};
