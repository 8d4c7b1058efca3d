import type { Course } from '../course.ts';

/** The alarm that deployments may watch. */
export const ALARM = 'errors-of-web';

/** The alarm rings for a while. */
export function ring(course: Course): Promise<string | undefined> {
  const { ringing } = course.world.cloudWatch;
  if (ringing.has(ALARM)) return Promise.resolve(undefined);
  ringing.add(ALARM);
  const forMs = course.lots.between(30_000, 600_000);
  course.later(forMs, () => {
    ringing.delete(ALARM);
    return Promise.resolve();
  });
  return Promise.resolve(`${Math.round(forMs / 1000)} s`);
}
