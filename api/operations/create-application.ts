import type { CreateApplicationInput, CreateApplicationOutput } from '@aws-sdk/client-codedeploy';

import { MOST_APPLICATIONS } from '../../core/application.ts';
import { ApplicationAlreadyExists, ApplicationLimitExceeded } from '../errors/application-errors.ts';
import type { Operation, Ports } from '../operation.ts';
import { requireApplicationName } from '../validation/application-name.ts';
import { checkComputePlatform } from '../validation/compute-platform.ts';
import { checkTags } from '../validation/resource-tags.ts';

/**
 * Makes an application, with nothing in it.
 * @throws ApplicationNameRequired, InvalidApplicationName, ApplicationAlreadyExists, ApplicationLimitExceeded,
 *   InvalidComputePlatform, InvalidTagsToAdd
 */
export const createApplication: Operation<CreateApplicationInput, CreateApplicationOutput> = {
  input: { applicationName: 'text', computePlatform: 'text', tags: [{ Key: 'text', Value: 'text' }] },

  async run(input, ports) {
    const applicationName = requireApplicationName(input.applicationName);
    if (await ports.applications.byName(applicationName)) throw new ApplicationAlreadyExists(applicationName);
    const computePlatform = checkComputePlatform(input.computePlatform);
    const tags = checkTags(input.tags);
    await requireRoom(ports);

    const applicationId = ports.newId();
    const application = { applicationId, applicationName, computePlatform, createdAtMs: ports.clock() };
    // Before the application is there to be seen: nobody meets it without its tags.
    await ports.resourceTags.add(applicationId, tags);
    if ((await ports.applications.create(application)) === 'exists') {
      await ports.resourceTags.forget(applicationId);
      throw new ApplicationAlreadyExists(applicationName);
    }
    return { applicationId };
  },
};

/** @throws ApplicationLimitExceeded; whoever creates at the same moment may be let in beyond it */
async function requireRoom({ applications }: Ports): Promise<void> {
  const { items } = await applications.names(undefined, MOST_APPLICATIONS);
  if (items.length >= MOST_APPLICATIONS) throw new ApplicationLimitExceeded(MOST_APPLICATIONS);
}
