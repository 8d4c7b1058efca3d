import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import { watchesAlarms } from './look-at-alarms.ts';

/** How long a deployment in place may take: CodeDeploy's own limit. */
export const LONGEST_FLEET_HOURS = 12;

/** CodeDeploy was seen to stop within 23 seconds of an alarm. */
const SECONDS_BETWEEN_LOOKS_AT_ALARMS = 15;

/** An instance that is gone without a word is noticed within this time. A look is three transitions. */
const SECONDS_BETWEEN_LOOKS_AT_HOSTS = 60;

/** Whether the deployment has taken as long as it may. */
export function isOverdue(deployment: Pick<FleetDeployment, 'startedAtMs' | 'createdAtMs'>, nowMs: number): boolean {
  return nowMs >= deadlineMs(deployment);
}

/** When somebody has to look after the deployment next, in whole seconds, at least one. */
export function secondsUntilNextLook(
  deployment: Pick<
    FleetDeployment,
    'startedAtMs' | 'createdAtMs' | 'alarmConfiguration' | 'stackRequest' | 'successor'
  >,
  nowMs: number,
): number {
  const { stackRequest } = deployment.successor ?? deployment;
  const dueMs = [deadlineMs(deployment), stackRequest?.deadlineMs ?? Infinity].filter((due) => due > nowMs);
  const left = dueMs.length === 0 ? 1 : Math.ceil((Math.min(...dueMs) - nowMs) / 1000);
  return Math.min(left, watchesAlarms(deployment) ? SECONDS_BETWEEN_LOOKS_AT_ALARMS : SECONDS_BETWEEN_LOOKS_AT_HOSTS);
}

function deadlineMs({ startedAtMs, createdAtMs }: Pick<FleetDeployment, 'startedAtMs' | 'createdAtMs'>): number {
  return (startedAtMs ?? createdAtMs) + LONGEST_FLEET_HOURS * 3_600_000;
}
