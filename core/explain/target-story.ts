import { describeGroup } from '../deployment-group.ts';
import { describeRevision } from '../revision.ts';
import { isLifecycleAction, type TargetRequest } from '../target-request.ts';
import type { Target } from '../target.ts';
import type { StoryEntry } from './entry.ts';

/** A lifecycle event as far as it is known. */
export interface ToldEvent {
  readonly lifecycleEventName?: string | undefined;
  readonly status?: string | undefined;
  readonly startTime?: Date | undefined;
  readonly endTime?: Date | undefined;
  readonly diagnostics?: ToldDiagnostics | undefined;
}

interface ToldDiagnostics {
  readonly scriptName?: string | undefined;
  readonly message?: string | undefined;
  readonly logTail?: string | undefined;
}

/** What the record of a target tells, from the notice to the outcome. @param events those in its host’s mailbox included */
export function storyOfTarget(target: Target, events: readonly ToldEvent[]): readonly StoryEntry[] {
  const { deploymentId, instanceId } = target;
  const about = { instanceId, deploymentId };
  return [
    ...noticed(target).map((entry) => ({ ...about, ...entry })),
    { ...about, ...decided(target) },
    ...events.flatMap((event) => run(event)).map((entry) => ({ ...about, ...entry })),
    ...settled(target, events).map((entry) => ({ ...about, ...entry })),
  ];
}

type Told = Omit<StoryEntry, 'instanceId' | 'deploymentId'>;

function noticed({ request, deadline }: Target): readonly Told[] {
  if (!isLifecycleAction(request) || request.noticedAt === undefined) return [];
  const { type, autoScalingGroupName, lifecycleHookName, origin, destination, noticedAt } = request;
  const way = origin === undefined || destination === undefined ? '' : `, from ${origin} to ${destination}`;
  return [
    {
      at: noticedAt,
      teller: 'Auto Scaling',
      text: `holds the instance for its ${type} by ${lifecycleHookName} of ${autoScalingGroupName}${way}`,
      ...(deadline !== undefined && { details: [`no longer than until ${deadline}`] }),
    },
  ];
}

const PURPOSES: Readonly<Record<TargetRequest['type'], string>> = {
  launch: 'the launch deployment',
  termination: 'the termination deployment',
  'in-place': 'the deployment in place',
};

function decided({ deploymentId, group, request, openedAt, revision, because }: Target): Told {
  const what = `opens ${PURPOSES[request.type]} ${deploymentId} of ${describeGroup(group)}`;
  return {
    at: openedAt,
    teller: 'engine',
    text: revision ? `${what} with ${describeRevision(revision)}` : what,
    ...(because !== undefined && { details: [because] }),
  };
}

const AT_THE_LOAD_BALANCER = ['BlockTraffic', 'AllowTraffic'];

function run({ lifecycleEventName = '', status = '', startTime, endTime, diagnostics }: ToldEvent): readonly Told[] {
  const at = startTime ?? endTime;
  if (!at) return [];
  const took = startTime && endTime ? ` in ${(endTime.getTime() - startTime.getTime()) / 1000} s` : '';
  const teller = AT_THE_LOAD_BALANCER.includes(lifecycleEventName) ? 'engine' : 'host';
  const details = status === 'Failed' ? detailsOf(diagnostics) : [];
  const text = `${lifecycleEventName} ${status}${took}`;
  return [{ at: at.toISOString(), teller, text, ...(details.length > 0 && { details }) }];
}

function detailsOf({ scriptName = '', message = '', logTail = '' }: ToldDiagnostics = {}): readonly string[] {
  const output = logTail.split('\n').filter((line) => line.trim() !== '');
  return [...[[scriptName, message].filter(Boolean).join(': ')].filter(Boolean), ...output];
}

function settled(target: Target, events: readonly ToldEvent[]): readonly Told[] {
  const { deploymentId, settlement, settledAt, stop } = target;
  if (!settlement || settledAt === undefined) return [];
  const notRun = events.filter(({ status, startTime }) => status === 'Skipped' && !startTime);
  const names = notRun.map(({ lifecycleEventName }) => lifecycleEventName);
  const details = [
    settlement.reason,
    ...(stop && stop.reason !== settlement.reason ? [stop.reason] : []),
    ...(names.length > 0 ? [`not run: ${names.join(', ')}`] : []),
  ];
  const result = settlement.lifecycleActionResult;
  const answer = result === null ? '' : `, and answers Auto Scaling with ${result}`;
  return [{ at: settledAt, teller: 'engine', text: `ends ${deploymentId} as ${settlement.status}${answer}`, details }];
}
