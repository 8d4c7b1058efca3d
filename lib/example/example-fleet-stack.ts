import { CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Engine } from '../engine/engine.ts';
import { AutoScalingDeploymentGroup } from '../fleet/auto-scaling-deployment-group.ts';
import type { HostAgent } from '../fleet/host-agent.ts';
import type { Revision } from '../fleet/revision.ts';
import type { Rollout } from '../fleet/rollout.ts';
import { ExampleInstances } from './example-instances.ts';
import { ExampleLoadBalancer } from './example-load-balancer.ts';
import { ExampleNetwork } from './example-network.ts';

export interface ExampleFleetStackProps extends StackProps {
  readonly engine: Engine;
  readonly revision: Revision;
  /** @default that of a deployment group */
  readonly rollout?: Rollout;
  /** What hosts get that are born during a rollout. @default that of a deployment group */
  readonly launchRevision?: 'last-successful' | 'in-flight';
  /** What a second deployment group brings to the same hosts, behind the first. @default no such group */
  readonly monitor?: Revision;
  /** Instances that the group starts with. @default 2 */
  readonly desiredCapacity?: number;
  /** Instances that wait in a warm pool. @default no warm pool */
  readonly warmInstances?: number;
  /** @default 'slipway' */
  readonly hostAgent?: HostAgent;
  /**
   * How long nothing may be heard of a host.
   * @default Duration.minutes(20): more than users want, for in a rehearsal time runs faster and booting does not
   */
  readonly silenceLimit?: Duration;
}

/** A small fleet behind a load balancer, to try Slipway with and to copy from. */
export class ExampleFleetStack extends Stack {
  constructor(scope: Construct, id: string, props: ExampleFleetStackProps) {
    super(scope, id, { description: 'Slipway: a small fleet to try it with', ...props });
    const { vpc } = new ExampleNetwork(this, 'Network');
    const { autoScalingGroup } = new ExampleInstances(this, 'Instances', {
      vpc,
      desiredCapacity: props.desiredCapacity ?? 2,
      ...(props.warmInstances !== undefined && { warmInstances: props.warmInstances }),
    });
    const { url, targetGroup } = new ExampleLoadBalancer(this, 'FrontDoor', { vpc, target: autoScalingGroup });

    const shared = {
      engine: props.engine,
      autoScalingGroup,
      ...(props.rollout && { rollout: props.rollout }),
      ...(props.launchRevision && { launchRevision: props.launchRevision }),
      deployTerminations: true,
      hostAgent: props.hostAgent ?? 'slipway',
      silenceLimit: props.silenceLimit ?? Duration.minutes(20),
    } as const;
    const { deploymentId } = new AutoScalingDeploymentGroup(this, 'Web', {
      ...shared,
      applicationName: 'web',
      deploymentGroupName: 'web-fleet',
      revision: props.revision,
      trafficControl: { targetGroups: [targetGroup] },
    });
    if (props.monitor)
      new AutoScalingDeploymentGroup(this, 'Monitor', {
        ...shared,
        applicationName: 'monitor',
        deploymentGroupName: 'monitor-fleet',
        revision: props.monitor,
      });

    new CfnOutput(this, 'LoadBalancerUrl', { value: url, description: 'The application' });
    new CfnOutput(this, 'AutoScalingGroupName', {
      value: autoScalingGroup.autoScalingGroupName,
      description: 'Scale it to see deployments',
    });
    if (deploymentId !== undefined)
      new CfnOutput(this, 'DeploymentId', {
        value: deploymentId,
        description: 'The deployment that brought its revision to the fleet, if one had to',
      });
  }
}
