import { CustomResource, Duration } from 'aws-cdk-lib/core';
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SuspendableProcess } from '../../core/fleet/suspended-processes.ts';
import type { Engine } from '../engine/engine.ts';
import { checkProps } from './check-props.ts';
import { installAgent } from './host-agent.ts';
import type { HostAgent } from './host-agent.ts';
import { hookLogGroup } from './hook-log-group.ts';
import {
  allowLastRevision,
  grantAgentProgram,
  grantCommandService,
  grantHookLogs,
  grantRevision,
} from './instance-permissions.ts';
import { declareHooks } from './lifecycle-hooks.ts';
import { ownedGroup } from './owned-group.ts';
import type { Revision, RevisionLocation } from './revision.ts';
import { Rollout } from './rollout.ts';
import type { RenderedRollout } from './rollout.ts';
import { tagForSuspension } from './suspended-processes.ts';
import { renderTrafficControl, tagForStandby } from './traffic-control.ts';
import type { TrafficControl } from './traffic-control.ts';

export interface AutoScalingDeploymentGroupProps {
  /** The engine of this account and Region: a `SlipwayEngine` of this app, or `SlipwayEngine.deployed(…)`. */
  readonly engine: Engine;
  /** 1 to 100 letters, digits, or any of `. _ + = , @ -`. Deployment groups of one application deploy revisions of the same thing. */
  readonly applicationName: string;
  /** As an application's name, and unique in the application. */
  readonly deploymentGroupName: string;
  /** A group that this stack declares: its hooks are written into its own template. */
  readonly autoScalingGroup: IAutoScalingGroup;
  /**
   * Where several deployment groups deploy to the instances of one Auto Scaling group: those with lower numbers first,
   * those with the same one in the order of their construction. The first that fails ends the launch, and those behind it
   * are skipped. Leaving instances go through them backwards.
   * @default 0
   */
  readonly launchOrder?: number;
  /** What every instance gets. @default none: instances pass until a revision has been deployed some other way */
  readonly revision?: Revision;
  /**
   * How a changed revision comes to the instances that are in service, and whether the stack waits for that.
   * @default Rollout.wait(), when there is a revision
   */
  readonly rollout?: Rollout;
  /** Whether leaving instances run their ApplicationStop and traffic scripts first. @default false */
  readonly deployTerminations?: boolean;
  /**
   * Longest silence between two heartbeats before Auto Scaling abandons a launching instance. The engine beats every
   * five minutes, so that the default tolerates two lost beats. A hundred times this value, and never more than
   * 48 hours, is the longest a launch deployment may take. Of several deployment groups on one Auto Scaling group, the
   * most patient decides.
   * @default Duration.minutes(15)
   */
  readonly heartbeatTimeout?: Duration;
  /** The same for leaving instances, which go when it ends. @default the heartbeat timeout of launches */
  readonly terminationHeartbeatTimeout?: Duration;
  /**
   * How long nothing may be heard of a host that has work, before its deployment has failed and the lifecycle action
   * ends: from the announcement of a launch until the agent first asks, while the instance boots and runs its user data;
   * and in the middle of the work, where agents speak up every minute. A minute to an hour.
   * @default Duration.minutes(5)
   */
  readonly silenceLimit?: Duration;
  /**
   * How many launches of a revision may fail in a row, on whatever instances, before it is launched no more. New hosts
   * then get the last revision that succeeded; where there is none, launches are held. 0 tries for ever.
   * @default 3
   */
  readonly launchFailureLimit?: number;
  /**
   * What an instance gets that is launched while a deployment rolls over the group: the last revision that succeeded,
   * and an update afterwards; or the revision in flight, once at least one host has succeeded with it.
   * @default 'last-successful'
   */
  readonly launchRevision?: 'last-successful' | 'in-flight';
  /** Whether a launch deployment goes on when the ApplicationStop script of the previous revision fails. @default false */
  readonly ignoreApplicationStopFailures?: boolean;
  /** What to do with a file that is where the revision wants to put one, and that no deployment has put there. @default 'DISALLOW' */
  readonly fileExistsBehavior?: 'DISALLOW' | 'OVERWRITE' | 'RETAIN';
  /**
   * How hosts are taken out of their traffic while a deployment in place works on them. Launching and leaving instances
   * need none of it: Auto Scaling registers them when their deployment is over, and drains them before it begins.
   * @default hosts keep their traffic while they are deployed to
   */
  readonly trafficControl?: TrafficControl;
  /**
   * Processes of the Auto Scaling group that a deployment in place keeps suspended while it runs. It resumes those that it
   * has suspended itself. The group gets the tag `slipway:suspend`.
   * @default none
   */
  readonly suspendProcesses?: readonly SuspendableProcess[];
  /**
   * What user data installs at boot: this engine's agent, AWS's own (which needs an engine with `awsAgents: true`), or
   * `'none'`, for images that bring an agent along.
   * @default 'slipway'
   */
  readonly hostAgent?: HostAgent;
  /**
   * Whether a copy of what hook scripts print goes to CloudWatch Logs, which AWS's agent does not do. Costs what CloudWatch takes for the volume, about
   * 0.50 USD per GB, and nothing where scripts print nothing. The instances' own files have all of it either way.
   * @default true, unless the host agent is AWS's
   */
  readonly shipHookLogs?: boolean;
  /** How long those copies are kept. @default RetentionDays.ONE_MONTH */
  readonly hookLogRetention?: RetentionDays;
}

/**
 * A deployment group whose targets are the instances of an Auto Scaling group: each gets the revision before it takes
 * traffic, the very first one included.
 */
export class AutoScalingDeploymentGroup extends Construct {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  /** What hook scripts print; an image that brings the agent along names it as `hook_log_group`. */
  readonly hookLogs?: ILogGroup;
  /**
   * The deployment that brought the declared revision to the instances, `none` while they all were launched with it.
   * Undefined where nothing is rolled out.
   */
  readonly deploymentId?: string;

  constructor(scope: Construct, id: string, props: AutoScalingDeploymentGroupProps) {
    super(scope, id);
    checkProps(props);
    this.applicationName = props.applicationName;
    this.deploymentGroupName = props.deploymentGroupName;
    const { engine, heartbeatTimeout = Duration.minutes(15), hostAgent = 'slipway' } = props;
    const { autoScalingGroup, template, role } = ownedGroup(this, props.autoScalingGroup);

    if (props.trafficControl) tagForStandby(props.trafficControl, autoScalingGroup);
    tagForSuspension(props.suspendProcesses ?? [], autoScalingGroup);
    const revision = props.revision?.bind(this);
    const rollout = revision && (props.rollout ?? Rollout.wait()).render();
    const registration = this.#register(props, role, revision, rollout !== undefined);
    const grants = grantCommandService(engine, role);
    if (revision && !rollout) grants.push(grantRevision(revision, role));
    if (props.shipHookLogs ?? hostAgent !== 'aws') {
      const { hookLogRetention: retention } = props;
      this.hookLogs = hookLogGroup(this, { deploymentGroup: this, ...(retention && { retention }) });
      grants.push(grantHookLogs(this.hookLogs, role));
    }
    if (hostAgent !== 'none') installAgent(hostAgent, autoScalingGroup, engine, this.hookLogs?.logGroupName);
    if (hostAgent === 'slipway') grants.push(...grantAgentProgram(engine, role));
    // A revision that is registered before instances may read it would fail every launch in between.
    for (const grant of grants) grant.applyBefore(registration);

    declareHooks(template, {
      deploymentGroup: { applicationName: this.applicationName, deploymentGroupName: this.deploymentGroupName },
      target: engine,
      launchOrder: props.launchOrder ?? 0,
      launchHeartbeatTimeout: heartbeatTimeout,
      ...(props.deployTerminations && {
        terminationHeartbeatTimeout: props.terminationHeartbeatTimeout ?? heartbeatTimeout,
      }),
    });
    // The first instance comes with the group: by then its deployment group must be known. When the stack goes, the
    // order is reversed, and the last instances still find it.
    template.node.addDependency(registration);
    if (!revision) return;
    const lastSuccessful = registration.getAttString('LastSuccessfulObjectArn');
    template.node.addDependency(allowLastRevision(this, lastSuccessful, role, rollout && revision));
    if (rollout) this.deploymentId = this.#rollOut(props, revision, rollout).getAttString('DeploymentId');
  }

  #register(
    props: AutoScalingDeploymentGroupProps,
    role: IRole,
    revision: RevisionLocation | undefined,
    isRolledOut: boolean,
  ): CustomResource {
    const registration = new CustomResource(this, 'Registration', {
      resourceType: 'Custom::SlipwayDeploymentGroup',
      serviceToken: props.engine.registrationFunctionArn,
      serviceTimeout: Duration.minutes(5), // CloudFormation would wait an hour for a function that cannot answer
      properties: {
        ApplicationName: props.applicationName,
        DeploymentGroupName: props.deploymentGroupName,
        TerminationDeployments: String(props.deployTerminations ?? false),
        InstanceRoleArn: role.roleArn,
        IgnoreApplicationStopFailures: String(props.ignoreApplicationStopFailures ?? false),
        FileExistsBehavior: props.fileExistsBehavior ?? 'DISALLOW',
        ...(props.trafficControl && { TrafficControl: renderTrafficControl(props.trafficControl) }),
        ...(props.launchRevision && { LaunchRevision: props.launchRevision }),
        ...(props.silenceLimit && { SilenceLimit: String(props.silenceLimit.toSeconds()) }),
        ...(props.launchFailureLimit !== undefined && { LaunchFailureLimit: String(props.launchFailureLimit) }),
        ...(revision && { Revision: renderRevision(revision) }),
        ...(isRolledOut && { IsRolledOut: 'true' }),
      },
    });
    registration.node.addDependency(props.engine);
    return registration;
  }

  /** Comes after the group: by then its instances are as the template wants them, but for their revision. */
  #rollOut(
    { engine, applicationName, deploymentGroupName, autoScalingGroup }: AutoScalingDeploymentGroupProps,
    revision: RevisionLocation,
    { serviceTimeout, properties }: RenderedRollout,
  ): CustomResource {
    const rollout = new CustomResource(this, 'Rollout', {
      resourceType: 'Custom::SlipwayRollout',
      serviceToken: engine.rolloutFunctionArn,
      serviceTimeout,
      properties: {
        ApplicationName: applicationName,
        DeploymentGroupName: deploymentGroupName,
        AutoScalingGroupName: autoScalingGroup.autoScalingGroupName,
        Revision: renderRevision(revision),
        ...properties,
      },
    });
    rollout.node.addDependency(autoScalingGroup);
    const before = lastRollouts.get(autoScalingGroup);
    if (before) rollout.node.addDependency(before);
    lastRollouts.set(autoScalingGroup, rollout);
    return rollout;
  }
}

/** One after the other: two deployments at once would take twice as many of the same hosts out of service. */
const lastRollouts = new WeakMap<IAutoScalingGroup, CustomResource>();

function renderRevision({ bucket, key, bundleType, version }: RevisionLocation): object {
  return {
    RevisionType: 'S3',
    S3Location: { Bucket: bucket.bucketName, Key: key, BundleType: bundleType, ...(version && { Version: version }) },
  };
}
