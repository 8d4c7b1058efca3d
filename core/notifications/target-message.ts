import type { WireTargetStatus } from '../fleet/target-state.ts';
import type { Message } from './deployment-message.ts';
import { type Scene, statusText, subjectOf, timeText } from './wire-text.ts';

/** A target at the moment its status changed; times are ISO 8601. */
export interface TargetChange extends Scene {
  readonly targetArn: string;
  readonly status: WireTargetStatus;
  readonly lastUpdatedAt: string;
  readonly lifecycleEvents: readonly TargetLifecycleEvent[];
}

/** A lifecycle event of the target, as far as a message tells. */
export interface TargetLifecycleEvent {
  readonly lifecycleEventName: string;
  readonly status: string;
  readonly startTime?: string;
  readonly endTime?: string;
}

/** The message of a trigger about one target. CodeDeploy documents its fields, and not how they are encoded. */
export function targetMessage(change: TargetChange, eventTriggerName: string): Message {
  const { region, accountId, deploymentId, targetArn, status, lastUpdatedAt, lifecycleEvents } = change;
  const body = {
    region,
    accountId,
    eventTriggerName,
    deploymentId,
    instanceId: targetArn,
    lastUpdatedAt: timeText(lastUpdatedAt),
    instanceStatus: statusText(status),
    lifecycleEvents: JSON.stringify(lifecycleEvents.map(lifecycleEventText)),
  };
  return { subject: subjectOf(status, change), message: JSON.stringify(body) };
}

function lifecycleEventText({ lifecycleEventName, status, startTime, endTime }: TargetLifecycleEvent) {
  return {
    LifecycleEvent: lifecycleEventName,
    LifecycleEventStatus: status,
    ...(startTime !== undefined && { StartTime: timeText(startTime) }),
    ...(endTime !== undefined && { EndTime: timeText(endTime) }),
  };
}
