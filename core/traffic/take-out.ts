import { asking, type GroupSizes, type StandbyNote } from './standby.ts';

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
 * @param nowMs when Auto Scaling is asked for it
 */
export function takeOut(
  note: StandbyNote,
  { minSize, desiredCapacity }: GroupSizes,
  { instanceId, deploymentGroup }: { readonly instanceId: string; readonly deploymentGroup: string },
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
  const room = Math.max(0, Math.min(own - Object.keys(before.hosts).length, desiredCapacity - 1));
  const values = loweredTo.includes(room) ? loweredTo : [...loweredTo, room];
  return { note: { ...before, loweredTo: values, minSize: own }, minSize: room };
}
