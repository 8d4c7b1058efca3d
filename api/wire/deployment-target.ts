import type { DeploymentTarget, InstanceSummary } from '@aws-sdk/client-codedeploy';

import { lifecycleEventsOfTarget } from '../deployments/lifecycle-events.ts';
import type { FoundTarget } from '../deployments/pick-targets.ts';
import type { Ports } from '../operation.ts';

/** A target as clients see it, with its lifecycle events. */
export async function deploymentTarget(
  found: FoundTarget,
  deploymentId: string,
  ports: Pick<Ports, 'hosts' | 'ec2InstanceArnPrefix'>,
): Promise<DeploymentTarget> {
  const { status, lifecycleEvents, lastUpdatedAt } = await instanceOf(found, ports);
  return {
    deploymentTargetType: 'InstanceTarget',
    instanceTarget: {
      deploymentId,
      targetId: found.targetId,
      targetArn: ports.ec2InstanceArnPrefix + found.targetId,
      status,
      lifecycleEvents,
      ...(lastUpdatedAt && { lastUpdatedAt }),
    },
  };
}

/** The same in the words of the operations that targets have replaced. Its `instanceId` is an ARN, as CodeDeploy's is. */
export async function instanceSummary(
  found: FoundTarget,
  deploymentId: string,
  ports: Pick<Ports, 'hosts' | 'ec2InstanceArnPrefix'>,
): Promise<InstanceSummary> {
  const instance = await instanceOf(found, ports);
  return { deploymentId, instanceId: ports.ec2InstanceArnPrefix + found.targetId, ...instance };
}

async function instanceOf({ status, target }: FoundTarget, { hosts }: Pick<Ports, 'hosts'>) {
  if (!target) return { status, lifecycleEvents: [] };
  const leg = target.status === 'InProgress' ? (await hosts.byId(target.instanceId))?.leg : undefined;
  const lifecycleEvents = lifecycleEventsOfTarget(target, leg);
  const times = lifecycleEvents.flatMap(({ startTime, endTime }) => endTime ?? startTime ?? []);
  const last = Math.max(Date.parse(target.settledAt ?? target.openedAt), ...times.map((time) => time.getTime()));
  return { status, lifecycleEvents, lastUpdatedAt: new Date(last) };
}
