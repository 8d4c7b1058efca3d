import { z } from 'zod';
import { AwsError } from '../../endpoint/service.ts';
import { operation } from '../../logs/operation.ts';
import type { MonitoringAccount } from '../account.ts';

/**
 * Sets a state until the next evaluation, actions included.
 * @throws AwsError ResourceNotFound
 */
export const setAlarmState = operation(
  z.object({
    AlarmName: z.string(),
    StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    StateReason: z.string(),
  }),
  ({ AlarmName, StateValue, StateReason }, { alarms }: MonitoringAccount) => {
    const alarm = alarms.find(AlarmName);
    if (!alarm) throw new AwsError('ResourceNotFound', `Alarm ${AlarmName} does not exist`, { status: 404 });
    alarms.setState(alarm, StateValue, StateReason);
  },
);
