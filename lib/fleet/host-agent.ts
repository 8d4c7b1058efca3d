import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import type { Engine } from '../engine/engine.ts';
import { installationCommands } from './installation-commands.ts';

/**
 * Adds the agent's installation to what the group's instances run at their first boot.
 * @param hookLogGroup name of the log group that gets a copy of what hook scripts print
 * @throws Error when they do not run Linux
 */
export function installAgent(autoScalingGroup: AutoScalingGroup, engine: Engine, hookLogGroup?: string): void {
  if (autoScalingGroup.osType === OperatingSystemType.WINDOWS)
    throw new Error(
      `${autoScalingGroup.node.path} launches Windows, on which the agent cannot be installed. ` +
        'Choose an Amazon Linux 2023 image.',
    );
  const { region } = Stack.of(autoScalingGroup);
  autoScalingGroup.userData.addCommands(...installationCommands(engine, region, hookLogGroup));
}
