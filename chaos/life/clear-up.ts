import { whatStaysBlocked } from '../../core/traffic/traffic.ts';
import { recordsIn } from '../verdict/records.ts';
import type { Course } from './course.ts';
import { askApi } from './happenings/deployments.ts';
import { terminate } from './happenings/instances.ts';

/** What a user does who was told that launches are held: the fault is mended, and they go on. @returns whether any were */
export async function resumeWhatIsHeld(course: Course): Promise<boolean> {
  const { group, setting, world } = course;
  if (!group.suspended.has('Launch')) return false;
  world.log.tell('== launches are held, and resumed by a person who mended the revisions');
  world.faults.hasBadRevisions = false;
  await Promise.all([
    ...setting.deploymentGroups.map((resume) => askApi(course, { resume })),
    world.clock.playUntil(world.clock.now() + 60_000),
  ]);
  return true;
}

/**
 * What a user does who was told that hosts stay in Standby: looks at them, and ends them. One of which no record says so
 * is left where it is, for the verdict to find.
 * @returns whether there were any
 */
export async function endWhatStandsBy(course: Course): Promise<boolean> {
  const { targets } = recordsIn(course.world.documents);
  const ids = [...course.group.members.values()]
    .filter(({ lifecycleState }) => lifecycleState === 'Standby')
    .map(({ instanceId }) => instanceId);
  const told = ids.filter((id) =>
    targets.some((target) => target.instanceId === id && target.settlement && whatStaysBlocked(target)),
  );
  for (const instanceId of told) {
    course.world.log.tell(`== ${instanceId} stands by as its record says, and is terminated by a person`);
    await terminate(course, instanceId);
  }
  return told.length > 0;
}
