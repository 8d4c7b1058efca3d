import { z } from 'zod';
import { operation } from '../operation.ts';

/** The quotas of a new account. */
export const describeAccountLimits = operation(z.object({}), (_, { groups }) => ({
  MaxNumberOfAutoScalingGroups: 500,
  MaxNumberOfLaunchConfigurations: 200,
  NumberOfAutoScalingGroups: groups.list().length,
  NumberOfLaunchConfigurations: 0,
}));
