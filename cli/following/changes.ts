import type { DeploymentOverview, Diagnostics, ErrorInformation, RollbackInfo } from '@aws-sdk/client-codedeploy';
import type { Observation, ObservedEvent, ObservedTarget } from './observation.ts';

/** One thing that is new about a deployment; with `--json`, one line each. */
export type Change = DeploymentChange | TargetChange | EventChange;

interface About {
  /** When it happened, as the record says; the time of the look where it does not. */
  readonly at: Date;
  readonly deploymentId: string;
}

export interface DeploymentChange extends About {
  readonly type: 'deployment';
  readonly status: string;
  readonly overview?: DeploymentOverview;
  readonly errorInformation?: ErrorInformation;
  readonly rollbackInfo?: RollbackInfo;
  /** What whoever looks at it should know; told when it is new. */
  readonly deploymentStatusMessages?: readonly string[];
}

export interface TargetChange extends About {
  readonly type: 'target';
  readonly targetId: string;
  readonly status: string;
}

export interface EventChange extends About {
  readonly type: 'event';
  readonly targetId: string;
  readonly lifecycleEvent: string;
  readonly status: string;
  readonly seconds?: number;
  /** What the host said, of an event that did not succeed. */
  readonly diagnostics?: Diagnostics;
}

/** What a look shows that the one before did not, in the order in which it happened on each target. */
export function changesBetween(before: Observation | undefined, after: Observation, seenAt: Date): Change[] {
  const deploymentId = after.deployment.deploymentId ?? '';
  const about = (at: Date | undefined): About => ({ at: at ?? seenAt, deploymentId });
  const ofTargets = [...after.targets.values()].flatMap((target) =>
    changesOfTarget(before?.targets.get(target.targetId), target, about),
  );
  const ofDeployment = changesOfDeployment(before, after, about);
  // The end is the last that is told, and the beginning the first.
  return before === undefined && after.deployment.completeTime === undefined
    ? [...ofDeployment, ...ofTargets]
    : [...ofTargets, ...ofDeployment];
}

type Dated = (at: Date | undefined) => About;

function changesOfDeployment(before: Observation | undefined, after: Observation, about: Dated): DeploymentChange[] {
  const { status = 'Unknown', deploymentOverview, errorInformation, rollbackInfo, ...times } = after.deployment;
  const wasRolledBack = before?.deployment.rollbackInfo?.rollbackDeploymentId !== undefined;
  const isRolledBack = rollbackInfo?.rollbackDeploymentId !== undefined;
  const messages = newMessages(before, after);
  if (before?.deployment.status === status && wasRolledBack === isRolledBack && messages.length === 0) return [];
  return [
    {
      type: 'deployment',
      ...about(times.completeTime ?? beganAt(status, times)),
      status,
      ...(deploymentOverview && { overview: deploymentOverview }),
      ...(errorInformation && { errorInformation }),
      ...(rollbackInfo && { rollbackInfo }),
      ...(messages.length > 0 && { deploymentStatusMessages: messages }),
    },
  ];
}

function newMessages(before: Observation | undefined, after: Observation): string[] {
  const told = before?.deployment.deploymentStatusMessages ?? [];
  return (after.deployment.deploymentStatusMessages ?? []).filter((message) => !told.includes(message));
}

/** The record tells when a deployment was created and when its work began; of other statuses it keeps no time. */
function beganAt(
  status: string,
  { createTime, startTime }: Pick<Observation['deployment'], 'createTime' | 'startTime'>,
): Date | undefined {
  if (status === 'Created') return createTime;
  return status === 'InProgress' ? startTime : undefined;
}

function changesOfTarget(before: ObservedTarget | undefined, after: ObservedTarget, about: Dated): Change[] {
  const { targetId, status, lastUpdatedAt } = after;
  const events = after.events
    .filter((event, place) => event.status !== before?.events[place]?.status && isWorthTelling(event))
    .map((event) => changeOfEvent(targetId, event, about));
  if (before?.status === status) return events;
  const change: TargetChange = { type: 'target', ...about(lastUpdatedAt), targetId, status };
  return status === 'InProgress' ? [change, ...events] : [...events, change];
}

/** What waits its turn, or never gets one, is no news. */
function isWorthTelling({ status }: ObservedEvent): boolean {
  return status !== 'Pending' && status !== 'Skipped';
}

function changeOfEvent(targetId: string, event: ObservedEvent, about: Dated): EventChange {
  const { name: lifecycleEvent, status, startTime, endTime, diagnostics } = event;
  const isFailure = status !== 'Succeeded' && status !== 'InProgress';
  return {
    type: 'event',
    ...about(endTime ?? startTime),
    targetId,
    lifecycleEvent,
    status,
    ...(startTime && endTime && { seconds: (endTime.getTime() - startTime.getTime()) / 1000 }),
    ...(isFailure && diagnostics && { diagnostics }),
  };
}
