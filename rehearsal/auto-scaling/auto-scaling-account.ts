import type { ActivityLog } from './group/activity-log.ts';
import type { Groups } from './group/groups.ts';
import type { Surroundings } from './surroundings.ts';

/** What Auto Scaling keeps for the account, and what is around it. */
export interface AutoScalingAccount {
  readonly groups: Groups;
  readonly activities: ActivityLog;
  readonly around: Surroundings;
}
