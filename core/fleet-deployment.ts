import type { MinimumHealthyHosts, ZonalConfig } from './deployment-configs/deployment-config.ts';
import type { FileExistsBehavior } from './deployment-group.ts';
import type { DeploymentStatus } from './fleet/deployment-status.ts';
import type { ErrorInformation } from './fleet/error-code.ts';
import type { DeploymentOverview } from './fleet/overview.ts';
import type { AutoRollbackConfiguration } from './fleet/rollback.ts';
import type { StackRequest, StackResource } from './fleet/stack-request.ts';
import type { TagSelector } from './fleet/tag-filter.ts';
import type { Wave } from './fleet/waves.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';
import type { DeploymentCreator } from './target-request.ts';
import type { TrafficSettings } from './traffic/traffic-control.ts';

/** Where a deployment group's hosts are found, as its group said when the deployment was created. */
export interface TargetSelection {
  readonly autoScalingGroups: readonly string[];
  readonly ec2: TagSelector;
  readonly onPremises: TagSelector;
}

/** Alarms that stop a deployment: CodeDeploy's `AlarmConfiguration`. */
export interface AlarmConfiguration {
  readonly enabled: boolean;
  readonly ignorePollAlarmFailure: boolean;
  readonly alarms: readonly { readonly name: string }[];
}

/** What was asked of a deployment and of its group, fixed when it is created. */
export interface FleetDeploymentOrder extends TrafficSettings {
  readonly deploymentId: string;
  /** The names at the time, which the record shows for ever. */
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  /** The names that the records of its group, and hosts, know the group by: see `Application.recordName`. */
  readonly group: DeploymentGroupName;
  /** Survives a rename of the group. */
  readonly deploymentGroupId: string;
  readonly deploymentConfigName: string;
  readonly minimumHealthyHosts: MinimumHealthyHosts;
  readonly zonalConfig?: ZonalConfig;
  readonly revision: Revision;
  readonly creator: Exclude<DeploymentCreator, 'autoscaling' | 'autoscalingTermination'>;
  readonly description?: string;
  readonly ignoreApplicationStopFailures: boolean;
  readonly updateOutdatedInstancesOnly: boolean;
  readonly fileExistsBehavior: FileExistsBehavior;
  readonly outdatedInstancesStrategy: 'UPDATE' | 'IGNORE';
  readonly selection: TargetSelection;
  /** The role that the hosts must ask for commands with. @default as the group's record says, else any */
  readonly instanceRoleArn?: string;
  readonly alarmConfiguration?: AlarmConfiguration;
  readonly autoRollback?: AutoRollbackConfiguration;
  /** The revision of the group's last success when this one was created; missing on a first deployment. */
  readonly previousRevision?: Revision;
  readonly externalId?: string;
  /** Of a rollback: the deployment that it rolls back. */
  readonly rollbackInfo?: RollbackInfo;
  /** Of a follow-on: the deployment that the chain began with. */
  readonly relatedDeployments?: RelatedDeployments;
  /** Of one that a stack asked for, or that follows on such a one. */
  readonly declaredBy?: StackResource;
  /** Of a stack that waits for its verdict. */
  readonly stackRequest?: StackRequest;
  /** What its bundle was when its AppSpec was checked, as `RegisteredRevision` says it. */
  readonly checkedState?: string;
  /** What whoever looks at it should know. @default nothing */
  readonly statusMessages?: readonly string[];
  readonly createdAtMs: number;
}

/** CodeDeploy's `RollbackInfo`. A deployment that was rolled back names its rollback, and a rollback its cause. */
export interface RollbackInfo {
  readonly rollbackDeploymentId?: string;
  readonly rollbackTriggeringDeploymentId?: string;
  readonly rollbackMessage?: string;
}

/** CodeDeploy's `RelatedDeployments`: a follow-on names the first of its chain, which names all that followed. */
export interface RelatedDeployments {
  readonly autoUpdateOutdatedInstancesRootDeploymentId?: string;
  readonly autoUpdateOutdatedInstancesDeploymentIds?: readonly string[];
}

/** That somebody asked a deployment to stop. */
export interface StopRequest {
  readonly atMs: number;
  /** Missing leaves it to the configuration. */
  readonly rollBack?: boolean;
}

/** A deployment to the hosts of a deployment group: its record. */
export interface FleetDeployment extends FleetDeploymentOrder {
  readonly status: DeploymentStatus;
  /** When its targets were chosen. */
  readonly startedAtMs?: number;
  readonly completedAtMs?: number;
  /** Known once its targets are chosen. */
  readonly targetCount?: number;
  readonly errorInformation?: ErrorInformation;
  readonly stopRequest?: StopRequest;
  /** Processes that this deployment has suspended, by Auto Scaling group; to be resumed at its end. */
  readonly suspended?: Readonly<Record<string, readonly string[]>>;
  /** How its targets ended; while it runs, count them. */
  readonly overview?: DeploymentOverview;
  /** What its stack asked for meanwhile: it begins when this one has ended, in place of a rollback or a follow-on. */
  readonly successor?: FleetDeploymentOrder;
}

/** The targets of a deployment, whether they have begun or not. Chosen once. */
export interface TargetList {
  /** In the order in which they are taken up. */
  readonly targetIds: readonly string[];
  /** The zones in turn, or the whole fleet as a single wave. Their sizes cut the ids into runs. */
  readonly waves: readonly Wave[];
  /** Targets that may be down at once: in progress or failed. */
  readonly mayBeDown: number;
}

/** A deployment group's last deployments, and the one that runs. Launches and terminations do not count. */
export interface GroupHistory {
  readonly activeDeploymentId?: string;
  readonly activeSinceMs?: number;
  /** The last that a user asked for, or that rolled one back: `revision` is what the group should run. */
  readonly lastAttempted?: PastDeployment;
  readonly lastSuccessful?: PastDeployment;
}

export interface PastDeployment {
  readonly deploymentId: string;
  readonly status: DeploymentStatus;
  readonly revision: Revision;
  readonly fileExistsBehavior: FileExistsBehavior;
  readonly createdAtMs: number;
  readonly completedAtMs?: number;
}
