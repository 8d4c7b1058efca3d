import type { StoryEntry } from './entry.ts';

/** An activity of an Auto Scaling group that concerns an instance. */
export interface ScalingActivity {
  readonly description: string;
  readonly cause?: string;
  /** `Successful`, `Failed`, `Cancelled`, or how far it is. */
  readonly status: string;
  readonly statusMessage?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** What Auto Scaling did with an instance by itself: each activity as it begins, and as it ends. */
export function storyOfActivity(instanceId: string, activity: ScalingActivity): readonly StoryEntry[] {
  const { description, cause, status, statusMessage, startedAt, endedAt } = activity;
  const about = { instanceId, teller: 'Auto Scaling' } as const;
  return [
    { ...about, at: startedAt, text: description, ...(cause !== undefined && { details: [cause] }) },
    ...(endedAt === undefined
      ? []
      : [
          {
            ...about,
            at: endedAt,
            text: `${description}: ${status}`,
            ...(statusMessage !== undefined && { details: [statusMessage] }),
          },
        ]),
  ];
}

/** A heartbeat that kept a lifecycle action open. @param at ISO 8601 */
export function storyOfHeartbeat(
  { instanceId, deploymentId }: { readonly instanceId: string; readonly deploymentId: string },
  at: string,
): StoryEntry {
  return { at, teller: 'engine', instanceId, deploymentId, text: 'sends a heartbeat: the instance is held further' };
}
