import type { DeploymentGroupName } from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import { declaredRevision, name } from '../registration/declared-group.ts';
import {
  flag,
  InvalidDeclaration,
  oneOf,
  optionalText,
  type ResourceProperties,
  text,
} from '../registration/properties.ts';

/*
 * `ResourceProperties` of the custom resource; CloudFormation turns every scalar into text.
 *
 *   {"ServiceToken":"arn:…","ApplicationName":"web","DeploymentGroupName":"web-fleet","AutoScalingGroupName":"web-1A2B",
 *    "Revision":{"RevisionType":"S3","S3Location":{"Bucket":"b","Key":"web-1.zip","BundleType":"zip"}},
 *    "Mode":"WAIT","TimeoutSeconds":"3300","DeploymentConfigName":"CodeDeployDefault.OneAtATime",
 *    "AlarmNames":["web-errors"],"RollBackOnFailure":"false"}
 */

/** What a template says of how its revision comes to the hosts. */
export interface Rollout extends DeploymentGroupName {
  readonly autoScalingGroupName: string;
  readonly revision: Revision;
  /** `WAIT`: the stack waits for the verdict. `START`: it goes on at once. */
  readonly mode: 'WAIT' | 'START';
  /** How long the stack waits. */
  readonly timeoutSeconds: number;
  readonly deploymentConfigName: string | undefined;
  readonly alarmNames: readonly string[];
  /** Whether the engine takes the hosts back by itself. */
  readonly rollsBackOnFailure: boolean;
}

/** @throws InvalidDeclaration naming the property and what it may be */
export function declaredRollout(properties: ResourceProperties): Rollout {
  return {
    applicationName: name(properties, 'ApplicationName'),
    deploymentGroupName: name(properties, 'DeploymentGroupName'),
    autoScalingGroupName: text(properties, 'AutoScalingGroupName'),
    revision: declaredRevision(properties['Revision']),
    mode: oneOf(properties, 'Mode', ['WAIT', 'START']) ?? 'WAIT',
    timeoutSeconds: seconds(properties, 'TimeoutSeconds') ?? DEFAULT_TIMEOUT_SECONDS,
    deploymentConfigName: optionalText(properties, 'DeploymentConfigName'),
    alarmNames: names(properties, 'AlarmNames'),
    rollsBackOnFailure: flag(properties, 'RollBackOnFailure'),
  };
}

/** CloudFormation waits for an hour at most. */
const DEFAULT_TIMEOUT_SECONDS = 55 * 60;

function seconds(properties: ResourceProperties, property: string): number | undefined {
  const given = optionalText(properties, property);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidDeclaration(`${property} is ${given}; it must be whole seconds`);
  return value;
}

function names(properties: ResourceProperties, property: string): readonly string[] {
  const given = properties[property] ?? [];
  if (!Array.isArray(given) || !given.every((each) => typeof each === 'string'))
    throw new InvalidDeclaration(`${property} must be a list of names`);
  return given;
}
