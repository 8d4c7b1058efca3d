import type { LaunchRevision } from './fleet/launch-revision.ts';
import type { GroupSettings } from './group-settings.ts';
import type { LaunchGuard } from './launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';
import type { TrafficSettings } from './traffic/traffic-control.ts';

/** What to do with a file that is in the way of an installation. */
export type FileExistsBehavior = 'DISALLOW' | 'OVERWRITE' | 'RETAIN';

/** A set of hosts, and how an application comes to them. Its names are those that records and hosts know it by. */
export interface DeploymentGroup extends DeploymentGroupName, TrafficSettings {
  /** The revision that the group's declaration names. */
  readonly revision?: Revision;
  /**
   * Whether a declared revision is deployed to the hosts that there are. Then it is the target when that has succeeded,
   * and not before. @default false
   */
  readonly isRolledOut?: boolean;
  /** The revision of the last deployment that succeeded; it is the target while none is declared. */
  readonly lastSuccessfulRevision?: Revision;
  /** Whether a leaving instance gets a termination deployment. */
  readonly deploysTerminations: boolean;
  /** The role that the group's instances, and nobody else, ask for commands with. */
  readonly instanceRoleArn?: string;
  readonly ignoreApplicationStopFailures: boolean;
  readonly fileExistsBehavior: FileExistsBehavior;
  /** How long nothing may be heard of a host that has work. */
  readonly silenceLimitSeconds?: number;
  /** How many launches of a revision may fail in a row before it is launched no more; 0 for any number. */
  readonly launchFailureLimit?: number;
  /** What is remembered of launches that failed. */
  readonly launchGuard?: LaunchGuard;
  /** What hosts get that are born while a deployment rolls over the group. @default as its tag says, else last-successful */
  readonly launchRevision?: LaunchRevision;
  /** The stack whose template declares it; missing for a group that was made through the API. */
  readonly stackId?: string;
  /** What it was told through the API; missing for a group that a template declares. */
  readonly settings?: GroupSettings;
  /** Counts the changes of the settings, from 1. */
  readonly settingsVersion?: number;
}

/** The revision every instance of the group should run: see docs/decisions/0010-rollouts.md. */
export function targetRevision(
  group: Pick<DeploymentGroup, 'revision' | 'isRolledOut' | 'lastSuccessfulRevision'>,
): Revision | undefined {
  const { revision, lastSuccessfulRevision, isRolledOut = false } = group;
  return isRolledOut ? (lastSuccessfulRevision ?? revision) : (revision ?? lastSuccessfulRevision);
}

/** A group in a sentence: `web/web-fleet`. */
export function describeGroup({ applicationName, deploymentGroupName }: DeploymentGroupName): string {
  return `${applicationName}/${deploymentGroupName}`;
}

/** CodeDeploy's quota per application. */
export const MOST_DEPLOYMENT_GROUPS = 1_000;
