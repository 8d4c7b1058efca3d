import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';
import type { TrafficSettings } from './traffic/traffic-control.ts';

/** What to do with a file that is in the way of an installation. */
export type FileExistsBehavior = 'DISALLOW' | 'OVERWRITE' | 'RETAIN';

/** The hosts of one Auto Scaling group and how an application comes to them. */
export interface DeploymentGroup extends DeploymentGroupName, TrafficSettings {
  /** The revision that the group's declaration names. */
  readonly revision?: Revision;
  /** The revision of the last deployment that succeeded; it is the target while none is declared. */
  readonly lastSuccessfulRevision?: Revision;
  /** Whether a leaving instance gets a termination deployment. */
  readonly deploysTerminations: boolean;
  /** The role that the group's instances, and nobody else, ask for commands with. */
  readonly instanceRoleArn?: string;
  readonly ignoreApplicationStopFailures: boolean;
  readonly fileExistsBehavior: FileExistsBehavior;
}

/** The revision every instance of the group should run. */
export function targetRevision(group: DeploymentGroup): Revision | undefined {
  return group.revision ?? group.lastSuccessfulRevision;
}

/** A group in a sentence: `web/web-fleet`. */
export function describeGroup({ applicationName, deploymentGroupName }: DeploymentGroupName): string {
  return `${applicationName}/${deploymentGroupName}`;
}

/** CodeDeploy's quota per application. */
export const MOST_DEPLOYMENT_GROUPS = 1_000;
