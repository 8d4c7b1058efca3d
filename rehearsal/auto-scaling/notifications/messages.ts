import { randomUUID } from 'node:crypto';
import type { AutoScalingGroup } from '../group/auto-scaling-group.ts';
import type { LifecycleAction } from '../lifecycle/lifecycle-action.ts';
import { LAUNCHING } from '../lifecycle/lifecycle-hook.ts';
import type { BusEvent } from '../../part.ts';

/** What messages about one action tell. */
export interface ActionNotice {
  readonly group: Pick<AutoScalingGroup, 'name' | 'arn'>;
  readonly instanceId: string;
  readonly action: LifecycleAction;
  readonly accountId: string;
  readonly nowMs: number;
}

const SERVICE = 'AWS Auto Scaling';

/** Where the instance comes from and goes to, as messages spell it. */
const travel = ({ journey }: LifecycleAction): { Origin: string; Destination: string } => ({
  Origin: journey.origin,
  Destination: journey.destination,
});

const metadata = ({ hook }: LifecycleAction): { NotificationMetadata?: string } =>
  hook.notificationMetadata === undefined ? {} : { NotificationMetadata: hook.notificationMetadata };

/**
 * The body of an action's message, its keys in the order that AWS sends them:
 *
 *     {"Origin":"EC2","LifecycleHookName":"slipway-launch","Destination":"AutoScalingGroup","AccountId":"111122223333",…}
 */
export function actionMessage({ group, instanceId, action, accountId, nowMs }: ActionNotice): string {
  const { Origin, Destination } = travel(action);
  return JSON.stringify({
    Origin,
    LifecycleHookName: action.hook.lifecycleHookName,
    Destination,
    AccountId: accountId,
    RequestId: randomUUID(),
    LifecycleTransition: action.hook.lifecycleTransition,
    AutoScalingGroupName: group.name,
    Service: SERVICE,
    Time: new Date(nowMs).toISOString(),
    EC2InstanceId: instanceId,
    ...metadata(action),
    LifecycleActionToken: action.token,
  });
}

/** The subject of the same message on SNS: two spaces after the colon, as AWS has it. */
export function actionSubject({ instanceId, action }: ActionNotice): string {
  const transition = action.hook.lifecycleTransition === LAUNCHING ? 'LAUNCHING' : 'TERMINATING';
  return `Auto Scaling:  Lifecycle action '${transition}' for instance ${instanceId} in progress.`;
}

/** The event of the same action for EventBridge: no account, request, service or time in its detail. */
export function actionEvent({ group, instanceId, action }: ActionNotice): BusEvent {
  const kind = action.hook.lifecycleTransition === LAUNCHING ? 'launch' : 'terminate';
  return {
    source: 'aws.autoscaling',
    'detail-type': `EC2 Instance-${kind} Lifecycle Action`,
    resources: [group.arn],
    detail: {
      LifecycleActionToken: action.token,
      AutoScalingGroupName: group.name,
      LifecycleHookName: action.hook.lifecycleHookName,
      EC2InstanceId: instanceId,
      LifecycleTransition: action.hook.lifecycleTransition,
      ...metadata(action),
      ...travel(action),
    },
  };
}

/** What a new hook's target receives: no hook, no token, no transition. */
export function testMessage(group: Pick<AutoScalingGroup, 'name' | 'arn'>, accountId: string, nowMs: number): string {
  return JSON.stringify({
    AccountId: accountId,
    RequestId: randomUUID(),
    AutoScalingGroupARN: group.arn,
    AutoScalingGroupName: group.name,
    Service: SERVICE,
    Event: 'autoscaling:TEST_NOTIFICATION',
    Time: new Date(nowMs).toISOString(),
  });
}
