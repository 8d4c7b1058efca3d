import type { UpdateApplicationInput } from '@aws-sdk/client-codedeploy';

import { ApplicationAlreadyExists, ApplicationNameRequired } from '../errors/application-errors.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { required } from '../validation/required.ts';

/**
 * Gives an application another name; all that is in it stays in it.
 * @throws ApplicationNameRequired, InvalidApplicationName, ApplicationAlreadyExists, ApplicationDoesNotExist
 */
export const updateApplication: Operation<UpdateApplicationInput, object> = {
  input: { applicationName: 'text', newApplicationName: 'text' },

  async run(input, ports) {
    const given = required(input.applicationName, ApplicationNameRequired);
    const wanted = required(input.newApplicationName, ApplicationNameRequired);
    const [applicationName, newName] = [checkApplicationName(given), checkApplicationName(wanted)];
    const application = await findApplication(applicationName, ports);
    if (newName === applicationName) throw new ApplicationAlreadyExists(newName);
    if ((await ports.applications.rename(application, newName)) === 'exists')
      throw new ApplicationAlreadyExists(newName);
    return {};
  },
};
