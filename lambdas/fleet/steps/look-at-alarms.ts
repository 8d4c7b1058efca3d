import { type Ending, stoppedByAlarms, stoppedWithoutAlarms } from '../../../core/fleet/ending.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';

/** Whether alarms stop the deployment. */
export async function lookAtAlarms(
  deployment: Pick<FleetDeployment, 'alarmConfiguration'>,
  { alarms }: Pick<FleetEngine, 'alarms'>,
): Promise<Extract<Ending, { readonly kind: 'CutShort' }> | undefined> {
  const configuration = deployment.alarmConfiguration;
  if (!watchesAlarms(deployment) || !configuration) return undefined;
  const reading = await alarms.read(configuration.alarms.map(({ name }) => name));
  if (reading.kind === 'read') return reading.ringing.length > 0 ? stoppedByAlarms(reading.ringing) : undefined;
  return configuration.ignorePollAlarmFailure ? undefined : stoppedWithoutAlarms(reading.reason, reading.denied);
}

/** Whether a deployment has alarms to look at. */
export function watchesAlarms({ alarmConfiguration }: Pick<FleetDeployment, 'alarmConfiguration'>): boolean {
  return alarmConfiguration?.enabled === true && alarmConfiguration.alarms.length > 0;
}
