/** Processes of an Auto Scaling group that deployments to it may keep suspended while they run. */
const SUSPENDABLE_PROCESSES = [
  'AZRebalance',
  'AlarmNotification',
  'ScheduledActions',
  'ReplaceUnhealthy',
  'HealthCheck',
] as const;

export type SuspendableProcess = (typeof SUSPENDABLE_PROCESSES)[number];

/** The tag of an Auto Scaling group that names the processes, with spaces between. Values of tags take no commas. */
export const SUSPEND_TAG = 'slipway:suspend';

/** What a group asks for, and what its tag says beside that. */
export interface ProcessesAskedFor {
  readonly processes: readonly SuspendableProcess[];
  /** Names that are no such processes: misspelt, or ones that launches and terminations need. */
  readonly unknown: readonly string[];
}

/** Reads the value of `SUSPEND_TAG`. @param tag undefined where a group has none */
export function processesAskedFor(tag = ''): ProcessesAskedFor {
  const names = new Set(tag.split(/\s+/).filter((name) => name !== ''));
  return {
    processes: SUSPENDABLE_PROCESSES.filter((process) => names.has(process)),
    unknown: [...names].filter((name) => !SUSPENDABLE_PROCESSES.some((process) => process === name)),
  };
}

/** Processes of an Auto Scaling group that are suspended: by anybody, and which of them by us. */
export interface SuspendedProcesses {
  readonly suspended: readonly string[];
  readonly byUs: readonly string[];
}

/**
 * The processes that we have to suspend, and will resume: those that nobody has suspended before. Asked again after a
 * crash, it keeps those that were ours already, so write them down before suspending.
 */
export function processesToSuspend(
  wanted: readonly string[],
  { suspended, byUs }: SuspendedProcesses,
): readonly string[] {
  return wanted.filter((process) => byUs.includes(process) || !suspended.includes(process));
}

/** The processes to resume: ours, unless somebody has resumed them meanwhile. Whatever others suspended stays so. */
export function processesToResume({ suspended, byUs }: SuspendedProcesses): readonly string[] {
  return byUs.filter((process) => suspended.includes(process));
}
