import type { BatchGetApplicationsInput, BatchGetApplicationsOutput } from '@aws-sdk/client-codedeploy';

import { ApplicationNameRequired } from '../errors/application-errors.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { requireApplicationName } from '../validation/application-name.ts';
import { checkBatch } from '../validation/batch.ts';
import { required } from '../validation/required.ts';
import { applicationInfo } from '../wire/application-info.ts';

const MOST_AT_ONCE = 100;

/**
 * Tells what is known of several applications. One that is not there fails the call.
 * @throws ApplicationNameRequired, InvalidApplicationName, ApplicationDoesNotExist, BatchLimitExceeded
 */
export const batchGetApplications: Operation<BatchGetApplicationsInput, BatchGetApplicationsOutput> = {
  input: { applicationNames: ['text'] },

  async run(input, ports) {
    const names = checkBatch(required(input.applicationNames, ApplicationNameRequired), MOST_AT_ONCE);
    const applicationNames = names.map(requireApplicationName);
    const applications = await Promise.all(applicationNames.map((name) => findApplication(name, ports)));
    return { applicationsInfo: applications.map(applicationInfo) };
  },
};
