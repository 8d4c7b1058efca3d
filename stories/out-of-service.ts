import type { LifecycleEvent } from '@aws-sdk/client-codedeploy';

/** From the start of BlockTraffic to the end of AllowTraffic; undefined for a target that has not been through both. */
export function outOfServiceMs(events: readonly LifecycleEvent[]): number | undefined {
  const named = (name: string): LifecycleEvent | undefined =>
    events.find(({ lifecycleEventName }) => lifecycleEventName === name);
  const from = named('BlockTraffic')?.startTime;
  const to = named('AllowTraffic')?.endTime;
  return from && to && to.getTime() - from.getTime();
}
