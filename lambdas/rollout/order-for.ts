import { orderOf } from '../../api/deployments/order-of.ts';
import type { IdentifiedGroup } from '../../api/validation/deployment-group.ts';
import { revisionLocation } from '../../api/wire/revision-location.ts';
import type { Application } from '../../core/application.ts';
import type { AutoRollbackEvent } from '../../core/fleet/rollback.ts';
import type { StackRequest } from '../../core/fleet/stack-request.ts';
import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import type { Asked } from './bring-about.ts';
import type { Rollout } from './declared-rollout.ts';
import type { Ports } from './ports.ts';

/**
 * The order that CreateDeployment would make of what a template declares. Its id follows from the request, so that
 * whoever repeats that speaks of the same deployment.
 * @throws ApiError as CreateDeployment does
 */
export async function orderFor(
  rollout: Rollout,
  asked: Asked,
  application: Application,
  group: IdentifiedGroup,
  ports: Ports,
): Promise<FleetDeploymentOrder> {
  const { StackId: stackId, LogicalResourceId: logicalResourceId, RequestId } = asked.event;
  const { applicationName, deploymentGroupName, deploymentConfigName, autoScalingGroupName } = rollout;
  const events = rollbackEvents(rollout, asked);
  const order = await orderOf(
    {
      applicationName,
      deploymentGroupName,
      deploymentConfigName,
      revision: revisionLocation(rollout.revision),
      description: `Declared by the stack ${nameOf(stackId)}`,
      autoRollbackConfiguration: { enabled: events.length > 0, events },
      // The alarm that stopped a deployment may still ring, and must not keep its stack from going back.
      ...(!asked.isRollback && { overrideAlarmConfiguration: alarmsOf(rollout) }),
    },
    application,
    group,
    {
      ...ports,
      newId: () => RequestId,
      lifecycleHooks: { groupsOf: () => Promise.resolve([autoScalingGroupName]) },
    },
  );
  return {
    ...order,
    declaredBy: { stackId, logicalResourceId },
    ...(rollout.mode === 'WAIT' && { stackRequest: requestIn(rollout, asked, ports.clock()) }),
  };
}

function requestIn({ timeoutSeconds }: Rollout, asked: Asked, nowMs: number): StackRequest {
  const { event, isRollback, physicalResourceId } = asked;
  return {
    stackId: event.StackId,
    logicalResourceId: event.LogicalResourceId,
    requestId: event.RequestId,
    physicalResourceId,
    responseUrl: event.ResponseURL,
    deadlineMs: nowMs + timeoutSeconds * 1000,
    isRollback,
  };
}

/**
 * A stack that waits takes the hosts back by itself; unless the roll-out was new in it, for then it deletes that and asks
 * for nothing more.
 */
function rollbackEvents({ mode, rollsBackOnFailure }: Rollout, { event }: Asked): AutoRollbackEvent[] {
  const isForTheEngine = mode === 'WAIT' ? event.RequestType === 'Create' : rollsBackOnFailure;
  return isForTheEngine ? ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] : [];
}

function alarmsOf({ alarmNames }: Rollout) {
  return { enabled: alarmNames.length > 0, alarms: alarmNames.map((alarmName) => ({ name: alarmName })) };
}

/** `arn:aws:cloudformation:us-east-1:111122223333:stack/web/0a1b…` is called `web`. */
function nameOf(stackId: string): string {
  return stackId.split('/')[1] ?? stackId;
}
