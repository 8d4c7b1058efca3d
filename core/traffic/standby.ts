/**
 * The tag, with the value `true`, by which an Auto Scaling group asks that its hosts stand by while they are deployed
 * to. It is on the group, for one reason: what the engine may do to a group hangs on it as well.
 */
export const STANDBY_TAG = 'slipway:standby';

/** Sizes of an Auto Scaling group. */
export interface GroupSizes {
  readonly minSize: number;
  readonly desiredCapacity: number;
  readonly maxSize: number;
}

/** What an Auto Scaling group is owed: written down before anything of it is taken. */
export interface StandbyNote {
  /** Hosts that stand by, or are about to, and the deployment group that has taken them, as `describeGroup` says it. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The group's own minimum; missing where it was not lowered. */
  readonly minSize?: number;
  /** All that the minimum was lowered to. Another value is an operator's, and stays. */
  readonly loweredTo: readonly number[];
  /** Sizes that are being given back at this moment. Nobody takes or gives anything meanwhile. */
  readonly change?: SizeChange;
}

/** Sizes that are to be given back; absolute, so that whoever repeats it does nothing twice. */
export interface SizeChange {
  readonly begunAtMs: number;
  readonly desiredCapacity?: { readonly from: number; readonly to: number };
  readonly restoresMinimum: boolean;
}

export const NOTHING_OWED: StandbyNote = { hosts: {}, loweredTo: [] };

/** Once a change has taken this long, whoever began it is dead, and another may carry it out. */
const CHANGE_LIMIT_SECONDS = 60;

export function isAbandoned({ begunAtMs }: SizeChange, nowMs: number): boolean {
  return nowMs - begunAtMs > CHANGE_LIMIT_SECONDS * 1000;
}
