import { asking, type GroupSizes, type StandbyNote } from './standby.ts';

/** What a host's way into Standby needs first. */
interface TakeOut {
  readonly note: StandbyNote;
  /** The minimum that leaves room; missing where there is room already. */
  readonly minSize?: number;
}

/** A host that is to stand by. */
interface Leaving {
  readonly instanceId: string;
  /** As `describeGroup` says it. */
  readonly deploymentGroup: string;
  /** How many hosts its deployment may have out of service at once. @default 1 */
  readonly mostAtOnce?: number;
}

/**
 * Notes that a host is to stand by, and makes room for it: without it, the desired capacity must not be below the
 * minimum. Room is made for all that its deployment may have out at once, so that each of its calls asks for the same: one
 * that arrives late must not raise again what others have lowered, for that would launch instances.
 * @param nowMs when Auto Scaling is asked for it
 */
export function takeOut(
  note: StandbyNote,
  { minSize, desiredCapacity }: GroupSizes,
  { instanceId, deploymentGroup, mostAtOnce = 1 }: Leaving,
  nowMs: number,
): TakeOut {
  const {
    minSize: noted,
    loweredTo: lowered,
    ...before
  } = asking(note, instanceId, {
    deploymentGroup,
    asked: 'EnterStandby',
    askedAtMs: nowMs,
  });
  // What another call is about to lower is not lowered yet; any other value is an operator's.
  const isOurs = noted !== undefined && [noted, ...lowered].includes(minSize);
  const own = isOurs ? noted : minSize;
  const loweredTo = isOurs ? lowered : [];
  if (desiredCapacity > minSize) {
    return { note: { ...before, loweredTo, ...(isOurs && { minSize: own }) } };
  }
  const hosts = Object.values(before.hosts);
  const ofOthers = hosts.filter((host) => host.deploymentGroup !== deploymentGroup).length;
  const out = Math.max(hosts.length, mostAtOnce + ofOthers);
  const room = Math.max(0, Math.min(own - out, desiredCapacity - 1));
  const values = loweredTo.includes(room) ? loweredTo : [...loweredTo, room];
  return { note: { ...before, loweredTo: values, minSize: own }, minSize: room };
}
