import { stateOfTarget } from '../fleet/target-standing.ts';
import { statusOf } from '../fleet/target-state.ts';
import type { FleetDeployment } from '../fleet-deployment.ts';
import { deploymentGroupIdFor } from '../identifiers.ts';
import type { Target } from '../target.ts';
import type { DeploymentCreator } from '../target-request.ts';
import { deploymentMessage, type Message } from './deployment-message.ts';
import type { Home } from './home.ts';
import { deploymentEvent, type StateChangeEvent, targetEvent } from './state-change-event.ts';
import { targetMessage } from './target-message.ts';
import { deploymentTriggerEvent, targetTriggerEvent, type Trigger, triggersFor } from './trigger-events.ts';

/** What a change of status has to tell, and whom. */
export interface News {
  readonly events: readonly StateChangeEvent[];
  readonly messages: readonly (Message & { readonly topicArn: string })[];
}

/** Whom a deployment group tells, and from where. */
export interface Audience {
  readonly home: Home;
  readonly triggers: readonly Trigger[];
}

/** As much of a deployment as its news are made of. */
export interface NewsworthyDeployment extends Pick<
  FleetDeployment,
  | 'applicationName'
  | 'deploymentGroupName'
  | 'deploymentGroupId'
  | 'deploymentId'
  | 'status'
  | 'createdAtMs'
  | 'completedAtMs'
  | 'overview'
  | 'errorInformation'
  | 'rollbackInfo'
> {
  readonly creator: DeploymentCreator;
}

/** What there is to tell of the status that a deployment has now. */
export function newsOfDeployment(deployment: NewsworthyDeployment, { home, triggers }: Audience): News {
  const { createdAtMs, completedAtMs, creator, ...rest } = deployment;
  const change = {
    ...home,
    ...rest,
    createTime: new Date(createdAtMs).toISOString(),
    ...(completedAtMs !== undefined && { completeTime: new Date(completedAtMs).toISOString() }),
  };
  const event = deploymentEvent(deployment.status, change);
  return {
    events: event ? [event] : [],
    messages: triggersFor(deploymentTriggerEvent(deployment.status, creator), triggers).map(
      ({ triggerName, triggerTargetArn }) => ({
        topicArn: triggerTargetArn,
        ...deploymentMessage(change, triggerName),
      }),
    ),
  };
}

/** What there is to tell of the status that a target has now. */
export function newsOfTarget(target: Target, { home, triggers }: Audience): News {
  const { deploymentId, instanceId, group, lifecycleEvents, openedAt, settledAt } = target;
  const status = statusOf(stateOfTarget(target));
  const scene = { ...home, ...group, deploymentId, deploymentGroupId: deploymentGroupIdFor(group) };
  const change = {
    ...scene,
    targetArn: `arn:${home.partition}:ec2:${home.region}:${home.accountId}:instance/${instanceId}`,
    status,
    lastUpdatedAt: settledAt ?? openedAt,
    lifecycleEvents,
  };
  const event = targetEvent(status, instanceId, scene);
  return {
    events: event ? [event] : [],
    messages: triggersFor(targetTriggerEvent(status), triggers).map(({ triggerName, triggerTargetArn }) => ({
      topicArn: triggerTargetArn,
      ...targetMessage(change, triggerName),
    })),
  };
}
