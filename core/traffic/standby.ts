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

/** A host that stands by, or is about to, for a deployment. */
export interface StandbyHost {
  /** As `describeGroup` says it. */
  readonly deploymentGroup: string;
  /** What Auto Scaling is being asked to do with it; each changes the desired capacity. */
  readonly asked: 'EnterStandby' | 'ExitStandby';
  readonly askedAtMs: number;
  /** Whether the desired capacity is without it, once Auto Scaling has answered; missing while nobody knows. */
  readonly isAway?: boolean;
}

/** What an Auto Scaling group is owed: written down before anything of it is taken. */
export interface StandbyNote {
  /** By instance id. */
  readonly hosts: Readonly<Record<string, StandbyHost>>;
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

/** A call that was noted this long ago has been made, or whoever was about to make it is dead. */
const CALL_LIMIT_SECONDS = 60;

/** Whether another may carry out a change that somebody began. */
export function isAbandoned({ begunAtMs }: SizeChange, nowMs: number): boolean {
  return nowMs - begunAtMs > CALL_LIMIT_SECONDS * 1000;
}

/**
 * Whether the desired capacity is about to change because of a host: it was asked for, and has not come about.
 * @param state the host's, as Auto Scaling spells it; undefined for one that is gone
 */
export function isMoving({ asked, askedAtMs }: StandbyHost, state: string | undefined, nowMs: number): boolean {
  if (state === undefined || nowMs - askedAtMs > CALL_LIMIT_SECONDS * 1000) return false;
  return asked === 'EnterStandby' ? state === 'InService' : state === 'Standby';
}

/** Notes what Auto Scaling is about to be asked for. */
export function asking(note: StandbyNote, instanceId: string, host: StandbyHost): StandbyNote {
  return { ...note, hosts: { ...note.hosts, [instanceId]: host } };
}
