import type { DeploymentGroup, FileExistsBehavior } from '../../core/deployment-group.ts';
import type { LaunchRevision } from '../../core/fleet/launch-revision.ts';
import { isName, NAME_RULE } from '../../core/names.ts';
import { LONGEST_SILENCE_LIMIT_SECONDS } from '../../core/plan.ts';
import type { Revision, S3Location } from '../../core/revision.ts';
import { declaredTraffic } from './declared-traffic.ts';
import {
  count,
  flag,
  InvalidDeclaration,
  members,
  oneOf,
  optionalText,
  type ResourceProperties,
  text,
} from './properties.ts';

/*
 * `ResourceProperties` of the custom resource; CloudFormation turns every scalar into text.
 *
 *   {"ServiceToken":"arn:…","ApplicationName":"web","DeploymentGroupName":"web-fleet","TerminationDeployments":"true",
 *    "Revision":{"RevisionType":"S3","S3Location":{"Bucket":"b","Key":"web-1.zip","BundleType":"zip"}},
 *    "InstanceRoleArn":"arn:aws:iam::111122223333:role/WebRole","IgnoreApplicationStopFailures":"false",
 *    "TrafficControl":{"TargetGroupNames":["web-targets"]},"SilenceLimit":"600","LaunchRevision":"in-flight"}
 */

/** @throws InvalidDeclaration naming the property and what it may be */
export function declaredGroup(properties: ResourceProperties): DeploymentGroup {
  const instanceRoleArn = optionalText(properties, 'InstanceRoleArn');
  const launchRevision = oneOf(properties, 'LaunchRevision', LAUNCH_REVISIONS);
  const launchFailureLimit = count(properties, 'LaunchFailureLimit', { least: 0, most: 100 });
  const silenceLimitSeconds = count(properties, 'SilenceLimit', { least: 1, most: LONGEST_SILENCE_LIMIT_SECONDS });
  const revision = properties['Revision'] === undefined ? undefined : declaredRevision(properties['Revision']);
  return {
    applicationName: name(properties, 'ApplicationName'),
    deploymentGroupName: name(properties, 'DeploymentGroupName'),
    deploysTerminations: flag(properties, 'TerminationDeployments'),
    isRolledOut: flag(properties, 'IsRolledOut'),
    ignoreApplicationStopFailures: flag(properties, 'IgnoreApplicationStopFailures'),
    fileExistsBehavior: oneOf(properties, 'FileExistsBehavior', FILE_EXISTS_BEHAVIORS) ?? 'DISALLOW',
    ...declaredTraffic(properties),
    ...(silenceLimitSeconds !== undefined && { silenceLimitSeconds }),
    ...(launchFailureLimit !== undefined && { launchFailureLimit }),
    ...(launchRevision && { launchRevision }),
    ...(revision && { revision }),
    ...(instanceRoleArn !== undefined && { instanceRoleArn }),
  };
}

const LAUNCH_REVISIONS: readonly LaunchRevision[] = ['last-successful', 'in-flight'];
const FILE_EXISTS_BEHAVIORS: readonly FileExistsBehavior[] = ['DISALLOW', 'OVERWRITE', 'RETAIN'];
const BUNDLE_TYPES: readonly S3Location['BundleType'][] = ['zip', 'tar', 'tgz'];

/** @throws InvalidDeclaration */
export function declaredRevision(value: unknown): Revision {
  const { RevisionType, S3Location } = members(value, 'Revision');
  if (RevisionType !== 'S3')
    throw new InvalidDeclaration(`Revision.RevisionType must be S3, not ${String(RevisionType)}`);
  const location = members(S3Location, 'Revision.S3Location');
  const BundleType = oneOf(location, 'BundleType', BUNDLE_TYPES);
  if (!BundleType) throw new InvalidDeclaration(`Revision.S3Location needs a BundleType: ${BUNDLE_TYPES.join(', ')}`);
  const Version = optionalText(location, 'Version');
  const ETag = optionalText(location, 'ETag');
  return {
    RevisionType,
    S3Location: {
      Bucket: text(location, 'Bucket'),
      Key: text(location, 'Key'),
      BundleType,
      ...(Version !== undefined && { Version }),
      ...(ETag !== undefined && { ETag }),
    },
  };
}

/** An application's name, or a deployment group's. @throws InvalidDeclaration */
export function name(properties: ResourceProperties, property: string): string {
  const value = text(properties, property);
  if (!isName(value)) throw new InvalidDeclaration(`${property} must be ${NAME_RULE}, not “${value}”`);
  return value;
}
