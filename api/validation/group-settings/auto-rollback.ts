import type { AutoRollbackConfiguration as Given } from '@aws-sdk/client-codedeploy';

import type { AutoRollbackConfiguration, AutoRollbackEvent } from '../../../core/fleet/rollback.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { oneOf } from './one-of.ts';

const EVENTS: readonly AutoRollbackEvent[] = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
];

/** @throws InvalidSetting */
export function checkAutoRollback({ enabled = false, events = [] }: Given): AutoRollbackConfiguration {
  const code = 'InvalidAutoRollbackConfigException';
  if (enabled && events.length === 0) {
    throw new InvalidSetting(code, `The automatic rollback is enabled and names no event: give ${EVENTS.join(' or ')}`);
  }
  const checked = events.map((event) => oneOf(event, EVENTS, { what: 'An event of the automatic rollback', code }));
  return { enabled, events: [...new Set(checked)] };
}
