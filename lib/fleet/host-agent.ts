import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import { HOOK_LOG_GROUPS } from '../../core/names.ts';
import type { Engine } from '../engine/engine.ts';
import { awsAgentCommands } from './aws-agent-commands.ts';
import { installationCommands } from './installation-commands.ts';

/** `slipway` is this engine's agent; `aws` AWS's own CodeDeploy agent, unmodified; `none` installs nothing. */
export type HostAgent = 'slipway' | 'aws' | 'none';

/** The agent that an Auto Scaling group's instances install, and where it copies what hook scripts print. */
interface InstalledAgent {
  readonly hostAgent: HostAgent;
  /** Of each deployment group that deploys to these instances; undefined for one that keeps no copies. */
  readonly hookLogGroups: (string | undefined)[];
}

const INSTALLED = new WeakMap<AutoScalingGroup, InstalledAgent>();

/**
 * Adds an agent's installation to what the group's instances run at their first boot.
 * A host has one agent, whatever number of deployment groups deploy to it.
 * @param hookLogGroup name of the log group that gets a copy of what hook scripts print, from our agent
 * @throws Error when they do not run Linux, when the engine does not let that agent in, or when another deployment
 *   group wants another agent
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
  const installed = INSTALLED.get(autoScalingGroup);
  if (installed) {
    joinInstalled(autoScalingGroup, installed, { hostAgent, hookLogGroups: [hookLogGroup] });
    return;
  }
  const agent: InstalledAgent = { hostAgent, hookLogGroups: [hookLogGroup] };
  INSTALLED.set(autoScalingGroup, agent);
  const { region, urlSuffix } = Stack.of(autoScalingGroup);
  switch (hostAgent) {
    case 'slipway':
      autoScalingGroup.userData.addCommands(
        ...installationCommands(engine, region, hookLogGroup && Lazy.string({ produce: () => hookLogGroupOf(agent) })),
      );
      return;
    case 'aws':
      refuseClosedEngine(engine);
      autoScalingGroup.userData.addCommands(...awsAgentCommands(engine, { region, urlSuffix }));
  }
}

function joinInstalled(group: AutoScalingGroup, installed: InstalledAgent, joining: InstalledAgent): void {
  if (installed.hostAgent !== joining.hostAgent)
    throw new Error(
      `Deployment groups of ${group.node.path} want different host agents, ${installed.hostAgent} and ` +
        `${joining.hostAgent}, and a host has one: give all of them the same hostAgent.`,
    );
  const [first, second] = [installed.hookLogGroups[0], joining.hookLogGroups[0]];
  if ((first === undefined) !== (second === undefined))
    throw new Error(
      `Only some deployment groups of ${group.node.path} ship what hook scripts print, and the agent of a host does it ` +
        'for all or none: give all of them the same shipHookLogs.',
    );
  installed.hookLogGroups.push(second);
}

/** Where several deploy to a host, the agent finds each one's log group by its name. */
function hookLogGroupOf({ hookLogGroups }: InstalledAgent): string | undefined {
  return hookLogGroups.length > 1 ? HOOK_LOG_GROUPS : hookLogGroups[0];
}

/** What another app has deployed is not known here; such an engine refuses at boot, on the instance's console. */
function refuseClosedEngine(engine: Engine): void {
  if (engine.awsAgents === false)
    throw new Error(
      `hostAgent: 'aws' needs an engine that lets AWS’s agents in, and ${engine.node.path} does not. ` +
        'Give the engine awsAgents: true.',
    );
}
