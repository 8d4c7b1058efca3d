import type { Course } from '../course.ts';

/** Somebody suspends launches, and resumes them: no launch begins meanwhile, and nobody comes back from Standby. */
export async function suspendLaunches(course: Course): Promise<string | undefined> {
  if (course.group.suspended.has('Launch')) return undefined;
  const processes = { ScalingProcesses: ['Launch'] };
  await course.call('SuspendProcesses', processes);
  const forMs = course.lots.between(10_000, 900_000);
  course.later(forMs, () => course.call('ResumeProcesses', processes));
  return `${Math.round(forMs / 1000)} s`;
}
