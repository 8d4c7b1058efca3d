import type { DeploymentStatus } from '../fleet/deployment-status.ts';
import type { WireTargetStatus } from '../fleet/target-state.ts';

const LONGEST_SUBJECT = 100;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What every message names. */
export interface Scene {
  readonly region: string;
  readonly accountId: string;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly deploymentId: string;
}

/** A status in a message: `IN_PROGRESS`. */
export function statusText(status: DeploymentStatus | WireTargetStatus): string {
  return status.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}

/** A time in a message: `Thu Oct 13 15:50:45 UTC 2022`. @param time ISO 8601 */
export function timeText(time: string): string {
  const date = new Date(time);
  const clock = date.toISOString().slice(11, 19);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${clock} UTC ${date.getUTCFullYear()}`;
}

/** A message's subject: `FAILED: AWS CodeDeploy d-75I7MBT7C in us-east-1 to web`, at most the 100 characters of SNS. */
export function subjectOf(
  status: DeploymentStatus | WireTargetStatus,
  { deploymentId, region, applicationName }: Scene,
): string {
  const subject = `${statusText(status)}: AWS CodeDeploy ${deploymentId} in ${region} to ${applicationName}`;
  return subject.length <= LONGEST_SUBJECT ? subject : `${subject.slice(0, LONGEST_SUBJECT - 3)}...`;
}
