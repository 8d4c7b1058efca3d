import type * as CodeDeploy from '@aws-sdk/client-codedeploy';

import type { GroupSurvey } from '../adapters/auto-scaling/group-survey.ts';
import type { ScalingActivities } from '../adapters/auto-scaling/scaling-activities.ts';
import type { LifecycleHooks } from '../adapters/auto-scaling/lifecycle-hooks.ts';
import type { GitHubTokens } from '../adapters/parameter-store/github-tokens.ts';
import type { RevisionBundles } from '../adapters/revision-bundles/revision-bundles.ts';
import type { TriggerTopics } from '../adapters/sns/trigger-topics.ts';
import type { ExecutionHistory } from '../adapters/step-functions/execution-history.ts';
import type { Executions } from '../adapters/step-functions/executions.ts';
import type { TaskTokens } from '../adapters/step-functions/task-tokens.ts';
import type { ApplicationRevisions } from '../adapters/table/application-revisions.ts';
import type { Applications } from '../adapters/table/applications.ts';
import type { DeploymentConfigs } from '../adapters/table/deployment-configs.ts';
import type { DeploymentList } from '../adapters/table/deployment-list.ts';
import type { FleetDeployments } from '../adapters/table/fleet-deployments.ts';
import type { FleetTargets } from '../adapters/table/fleet-targets.ts';
import type { Fleets } from '../adapters/table/fleet-places.ts';
import type { GroupDeployments } from '../adapters/table/group-deployments.ts';
import type { HookSharers } from '../adapters/table/hook-sharers.ts';
import type { HostTargets } from '../adapters/table/host-targets.ts';
import type { Hosts } from '../adapters/table/hosts.ts';
import type { NamedGroups } from '../adapters/table/named-groups.ts';
import type { OnPremisesInstances } from '../adapters/table/on-premises-instances.ts';
import type { Targets } from '../adapters/table/targets.ts';
import type { ResourceTags } from '../adapters/table/resource-tags.ts';
import type { HookTarget } from '../core/lifecycle-hook.ts';
import type { DeploymentGroupName } from '../core/names.ts';
import type { Shape } from './wire/shape.ts';

/** What the API speaks to. Each operation takes the part it needs. */
export interface Ports {
  readonly applicationRevisions: ApplicationRevisions;
  readonly applications: Applications;
  readonly deploymentConfigs: DeploymentConfigs;
  readonly deploymentList: DeploymentList;
  /** Of the state machine that deploys to single hosts. */
  readonly executionHistory: ExecutionHistory;
  readonly fleetDeployments: FleetDeployments;
  readonly fleetTargets: FleetTargets;
  /** Of the state machine that deploys to fleets. */
  readonly fleetExecutions: Executions;
  readonly fleets: Fleets;
  readonly gitHubTokens: Pick<GitHubTokens, 'names'>;
  readonly groupSurvey: GroupSurvey;
  readonly groupDeployments: GroupDeployments;
  readonly hookSharers: HookSharers;
  /** Where hooks of ours send what they hold. */
  readonly hookTarget: HookTarget;
  readonly hostTargets: HostTargets;
  readonly hosts: Hosts;
  /** `arn:aws:ec2:<region>:<account>:instance/` */
  readonly ec2InstanceArnPrefix: string;
  readonly lifecycleHooks: LifecycleHooks;
  readonly namedGroups: NamedGroups;
  readonly onPremisesInstances: OnPremisesInstances;
  readonly resourceTags: ResourceTags;
  readonly scalingActivities: ScalingActivities;
  readonly targets: Pick<Targets, 'byId'>;
  readonly taskTokens: TaskTokens;
  readonly revisionBundles: RevisionBundles;
  readonly triggerTopics: TriggerTopics;
  /** What ARNs of on-premises instances begin with: `arn:aws:codedeploy:us-east-1:111122223333:instance/`. */
  readonly instanceArnPrefix: string;
  /** Now, in milliseconds since the epoch. */
  readonly clock: () => number;
  /** A new UUID in lower case. */
  readonly newId: () => string;
  /** Forgets which revisions of a deployment group failed to launch, and resumes the launches that the engine holds. */
  readonly resumeLaunches: (group: DeploymentGroupName) => Promise<readonly DeploymentGroupName[]>;
  /** Lets no further lifecycle event of a deployment begin on its hosts. Those that they run may end. */
  readonly windDown: (deploymentId: string, reason: string) => Promise<void>;
}

/** One operation: what it takes, and what it does. Faults of the caller are thrown as `ApiError`. */
export interface Operation<Input, Output> {
  /** Every member of the input, with its type on the wire. */
  readonly input: Shape<Input>;
  /** @param input as the caller gave it: of the right JSON types, but anything may be absent, and any text anything */
  run(input: Input, ports: Ports): Promise<Output>;
}

type Commands = {
  [
    Export in keyof typeof CodeDeploy as Export extends `${infer Name}Command`
      ? Name extends '$'
        ? never
        : Name
      : never
  ]: (typeof CodeDeploy)[Export];
};

/** All 47, as CodeDeploy spells them. */
export type OperationName = keyof Commands;

type CommandOf<Name extends OperationName> = Commands[Name] extends new (...input: never) => infer Command
  ? Command
  : never;
type InputOf<Name extends OperationName> = CommandOf<Name> extends { readonly input: infer Input } ? Input : never;

/** A function for each of these operations, with the input that CodeDeploy's model gives it. */
export type Operations<Name extends OperationName> = {
  readonly [Each in Name]: Operation<InputOf<Each>, object>;
};
