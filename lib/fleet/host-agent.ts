import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Engine } from '../engine/engine.ts';
import { installationCommands } from './installation-commands.ts';
import { grantAgentProgram } from './instance-permissions.ts';

const ID = 'SlipwayAgent';

export interface HostAgentProps {
  readonly autoScalingGroup: AutoScalingGroup;
  readonly role: IRole;
  readonly engine: Engine;
}

/** The agent on the instances of one group: the user data that installs it, and the right to download it. */
export class HostAgent extends Construct {
  /** Installs the agent once, however many deployment groups share the Auto Scaling group. */
  static on(props: HostAgentProps): HostAgent {
    const installed = props.autoScalingGroup.node.tryFindChild(ID);
    return installed instanceof HostAgent ? installed : new HostAgent(props.autoScalingGroup, ID, props);
  }

  /** Must be in force before the group launches its first instance. */
  readonly grant: Grant;

  private constructor(scope: Construct, id: string, { autoScalingGroup, role, engine }: HostAgentProps) {
    super(scope, id);
    if (autoScalingGroup.osType === OperatingSystemType.WINDOWS)
      throw new Error(
        `${autoScalingGroup.node.path} launches Windows, on which the agent cannot be installed. ` +
          'Choose an Amazon Linux 2023 image.',
      );
    autoScalingGroup.userData.addCommands(...installationCommands(engine, Stack.of(this).region));
    this.grant = grantAgentProgram(engine, role);
  }
}
