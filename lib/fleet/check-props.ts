import { type Duration, Token } from 'aws-cdk-lib/core';
import { HEARTBEAT_INTERVAL_SECONDS, isName, NAME_RULE } from '../../core/names.ts';
import { LONGEST_SILENCE_LIMIT_SECONDS } from '../../core/plan.ts';
import type { AutoScalingDeploymentGroupProps } from './auto-scaling-deployment-group.ts';
import { checkTrafficControl } from './traffic-control.ts';

/** @throws Error naming the property of a deployment group that cannot be, or has no effect, and the remedy */
export function checkProps(props: AutoScalingDeploymentGroupProps): void {
  checkName('applicationName', props.applicationName);
  checkName('deploymentGroupName', props.deploymentGroupName);
  if (props.trafficControl) checkTrafficControl(props.trafficControl);
  if (props.rollout && !props.revision)
    throw new Error('rollout has no effect without a revision: name one, or leave rollout out.');
  checkHeartbeatTimeout('heartbeatTimeout', props.heartbeatTimeout);
  checkSilenceLimit(props.silenceLimit);
  checkLaunchFailureLimit(props.launchFailureLimit);
  checkHeartbeatTimeout('terminationHeartbeatTimeout', props.terminationHeartbeatTimeout);
  if (props.hookLogRetention && props.shipHookLogs === false)
    throw new Error('hookLogRetention has no effect while shipHookLogs is false: remove one of the two.');
  if (props.terminationHeartbeatTimeout && !props.deployTerminations)
    throw new Error(
      'terminationHeartbeatTimeout has no effect unless deployTerminations is true: set both or neither.',
    );
}

function checkName(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !isName(value))
    throw new Error(`${property} must be ${NAME_RULE}, not “${value}”.`);
}

/** Auto Scaling takes 30 to 7200 seconds; one lost heartbeat must not cost an instance. */
function checkHeartbeatTimeout(property: string, value: Duration | undefined): void {
  const seconds = value?.toSeconds();
  const least = 2 * HEARTBEAT_INTERVAL_SECONDS;
  if (seconds !== undefined && (seconds < least || seconds > 7200))
    throw new Error(
      `${property} must be between ${least / 60} and 120 minutes, not ${seconds} seconds: ` +
        `heartbeats are ${HEARTBEAT_INTERVAL_SECONDS / 60} minutes apart, and one may be lost.`,
    );
}

function checkSilenceLimit(value: Duration | undefined): void {
  const seconds = value?.toSeconds();
  if (seconds !== undefined && (seconds < 60 || seconds > LONGEST_SILENCE_LIMIT_SECONDS))
    throw new Error(`silenceLimit must be between 1 and 60 minutes, not ${seconds} seconds.`);
}

function checkLaunchFailureLimit(value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= 100))
    throw new Error(`launchFailureLimit must be a whole number from 0 to 100, not ${value}.`);
}
