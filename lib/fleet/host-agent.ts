import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import type { Engine } from '../engine/engine.ts';
import { awsAgentCommands } from './aws-agent-commands.ts';
import { installationCommands } from './installation-commands.ts';

/** `slipway` is this engine's agent; `aws` AWS's own CodeDeploy agent, unmodified; `none` installs nothing. */
export type HostAgent = 'slipway' | 'aws' | 'none';

/**
 * Adds an agent's installation to what the group's instances run at their first boot.
 * @param hookLogGroup name of the log group that gets a copy of what hook scripts print, from our agent
 * @throws Error when they do not run Linux, or when the engine does not let that agent in
 */
export function installAgent(
  hostAgent: Exclude<HostAgent, 'none'>,
  autoScalingGroup: AutoScalingGroup,
  engine: Engine,
  hookLogGroup?: string,
): void {
  if (autoScalingGroup.osType === OperatingSystemType.WINDOWS)
    throw new Error(
      `${autoScalingGroup.node.path} launches Windows, on which the agent cannot be installed. ` +
        'Choose an Amazon Linux 2023 image.',
    );
  const { region, urlSuffix } = Stack.of(autoScalingGroup);
  switch (hostAgent) {
    case 'slipway':
      autoScalingGroup.userData.addCommands(...installationCommands(engine, region, hookLogGroup));
      return;
    case 'aws':
      refuseClosedEngine(engine);
      autoScalingGroup.userData.addCommands(...awsAgentCommands(engine, { region, urlSuffix }));
  }
}

/** What another app has deployed is not known here; such an engine refuses at boot, on the instance's console. */
function refuseClosedEngine(engine: Engine): void {
  if (engine.awsAgents === false)
    throw new Error(
      `hostAgent: 'aws' needs an engine that lets AWS’s agents in, and ${engine.node.path} does not. ` +
        'Give the engine awsAgents: true.',
    );
}
