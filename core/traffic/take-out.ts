import type { GroupSizes, StandbyNote } from './standby.ts';

/** What a host's way into Standby needs first. */
interface TakeOut {
  readonly note: StandbyNote;
  /** The minimum that leaves room; missing where there is room already. */
  readonly minSize?: number;
}

/**
 * Notes that a host is to stand by, and makes room for it: without it, the desired capacity must not be below the
 * minimum. All that are on their way count, for they ask at the same time; who finds no room nevertheless asks again.
 * @param deploymentGroup as `describeGroup` says it
 */
export function takeOut(
  { minSize: noted, loweredTo: lowered, ...before }: StandbyNote,
  { minSize, desiredCapacity }: GroupSizes,
  instanceId: string,
  deploymentGroup: string,
): TakeOut {
  const hosts = { ...before.hosts, [instanceId]: deploymentGroup };
  // What another call is about to lower is not lowered yet; any other value is an operator's.
  const isOurs = noted !== undefined && [noted, ...lowered].includes(minSize);
  const own = isOurs ? noted : minSize;
  const loweredTo = isOurs ? lowered : [];
  if (desiredCapacity > minSize) {
    return { note: { ...before, hosts, loweredTo, ...(isOurs && { minSize: own }) } };
  }
  const room = Math.max(0, Math.min(own - Object.keys(hosts).length, desiredCapacity - 1));
  const values = loweredTo.includes(room) ? loweredTo : [...loweredTo, room];
  return { note: { ...before, hosts, loweredTo: values, minSize: own }, minSize: room };
}
