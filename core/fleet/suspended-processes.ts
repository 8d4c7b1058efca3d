/** Processes of an Auto Scaling group that are suspended: by anybody, and which of them by us. */
export interface SuspendedProcesses {
  readonly suspended: readonly string[];
  readonly byUs: readonly string[];
}

/**
 * The processes that we have to suspend, and will resume: those that nobody has suspended before. Asked again after a
 * crash, it keeps those that were ours already, so write them down before suspending. A deployment in place suspends none.
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
