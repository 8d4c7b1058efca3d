import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { OperatingSystemType, UserData, WindowsImage, WindowsVersion } from 'aws-cdk-lib/aws-ec2';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { Revision } from '../../../lib/fleet/revision.ts';
import { Rollout } from '../../../lib/fleet/rollout.ts';
import { decodeHookMetadata } from '../../../core/names.ts';
import { aFleet, AnEngine, aRevisionDirectory, deployedTo } from './builders.ts';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** What instances run at their first boot, references left open. */
const userDataIn = (template: Template): string =>
  JSON.stringify(Object.values(template.findResources('AWS::EC2::LaunchTemplate')));

describe('a deployment group on a group of the same stack', () => {
  let template: Template;

  beforeAll(() => {
    const fleet = aFleet();
    deployedTo(fleet, { revision: Revision.fromAsset(aRevisionDirectory()), deployTerminations: true });
    template = Template.fromStack(fleet.stack);
  });

  it('puts both hooks into the group’s own template, so that the first instance is covered', () => {
    template.hasResourceProperties(GROUP, {
      LifecycleHookSpecificationList: [
        {
          LifecycleHookName: 'slipway-launch',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          DefaultResult: 'ABANDON',
          HeartbeatTimeout: 900,
          NotificationTargetARN: 'arn:aws:sqs:us-east-1:123456789012:lifecycle-actions',
          RoleARN: 'arn:aws:iam::123456789012:role/hook-role',
          NotificationMetadata: Match.serializedJson({
            slipway: {
              deploymentGroups: [{ applicationName: 'web', deploymentGroupName: 'web-fleet' }],
              heartbeatTimeoutSeconds: 900,
            },
          }),
        },
        Match.objectLike({
          LifecycleHookName: 'slipway-termination',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
          DefaultResult: 'CONTINUE',
          NotificationTargetARN: 'arn:aws:sqs:us-east-1:123456789012:lifecycle-actions',
        }),
      ],
    });
    template.resourceCountIs('AWS::AutoScaling::LifecycleHook', 0);
  });

  it('lets the group wait for its registration, and the registration for all that instances must be allowed', () => {
    const [registration] = Object.keys(template.findResources('Custom::SlipwayDeploymentGroup'));
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));

    template.hasResource(GROUP, { DependsOn: Match.arrayWith([registration]) });
    template.hasResource('Custom::SlipwayDeploymentGroup', { DependsOn: Match.arrayWith([policy]) });
  });

  it('registers application, deployment group, revision and instance role', () => {
    template.hasResourceProperties('Custom::SlipwayDeploymentGroup', {
      ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:registration',
      ApplicationName: 'web',
      DeploymentGroupName: 'web-fleet',
      TerminationDeployments: 'true',
      IgnoreApplicationStopFailures: 'false',
      FileExistsBehavior: 'DISALLOW',
      InstanceRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('InstanceRole'), 'Arn'] },
      Revision: {
        RevisionType: 'S3',
        S3Location: { Bucket: Match.anyValue(), Key: Match.stringLikeRegexp('\\.zip$'), BundleType: 'zip' },
      },
    });
  });

  it('lets instances reach the command service by its URL only', () => {
    const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:commands';
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: 'lambda:InvokeFunctionUrl',
            Resource,
            Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
          },
          {
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource,
            Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
          },
        ]),
      },
    });
  });

  it('lets instances read their revision and the agent, and no other object', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')) as {
      Properties: { PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } };
    }[];
    const readable = policies
      .flatMap(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement)
      .filter(({ Action }) => /^s3:/.test(String(Action)))
      .map(({ Resource }) => Resource);

    expect(JSON.stringify(readable)).toMatch(/[0-9a-f]{64}\.zip/);
    for (const key of ['agent-x86-64.gz', 'agent-arm64.gz'])
      expect(JSON.stringify(readable)).toContain(`:s3:::assets/${key}`);
    expect(JSON.stringify(readable)).not.toContain('*');
  });

  it('installs the agent by user data', () => {
    expect(userDataIn(template)).toContain('enable --now slipway-agent');
  });

  it('copies what hook scripts print to a log group of its own, and lets instances write nowhere else', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/slipway/hook-scripts/web/web-fleet',
      RetentionInDays: 30,
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WebHookLogs'), 'Arn'] },
          },
        ]),
      },
    });
    expect(userDataIn(template)).toMatch(/hook_log_group: ","?,?\{"Ref":"WebHookLogs/);
  });
});

describe('what a deployment group leaves out', () => {
  it('declares no termination hook unless terminations are deployed', () => {
    const fleet = aFleet();

    deployedTo(fleet);

    Template.fromStack(fleet.stack).hasResourceProperties(GROUP, {
      LifecycleHookSpecificationList: [Match.objectLike({ LifecycleHookName: 'slipway-launch' })],
    });
  });

  it('makes no log group where no logs are wanted', () => {
    const fleet = aFleet();

    deployedTo(fleet, { shipHookLogs: false });

    const template = Template.fromStack(fleet.stack);
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(userDataIn(template)).not.toContain('hook_log_group');
  });

  it('registers no revision where none is declared', () => {
    const fleet = aFleet();

    deployedTo(fleet);

    Template.fromStack(fleet.stack).hasResourceProperties('Custom::SlipwayDeploymentGroup', {
      Revision: Match.absent(),
    });
  });

  it('leaves user data alone where the image brings the agent along', () => {
    const fleet = aFleet();

    deployedTo(fleet, { hostAgent: 'none' });

    expect(fleet.autoScalingGroup.userData.render()).not.toContain('slipway');
  });
});

describe('AWS’s own agent in place of ours', () => {
  it('is installed by user data, and our program is out of its reach', () => {
    const fleet = aFleet();

    deployedTo(fleet, { hostAgent: 'aws' });

    expect(fleet.autoScalingGroup.userData.render()).toContain('systemctl restart codedeploy-agent');
    const policies = JSON.stringify(Template.fromStack(fleet.stack).findResources('AWS::IAM::Policy'));
    expect(policies).not.toMatch(/s3:|logs:/);
  });

  it('is refused by an engine that lets it in nowhere', () => {
    const fleet = aFleet();

    expect(() =>
      deployedTo({ ...fleet, engine: Object.assign(fleet.engine, { awsAgents: false }) }, { hostAgent: 'aws' }),
    ).toThrow(/Give the engine awsAgents: true/);
  });
});

describe('traffic control', () => {
  const aTargetGroup = (stack: Stack) =>
    ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Targets', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web-targets/50dc6c495c0c9188',
    });

  it('is registered by the names of its target groups', () => {
    const fleet = aFleet();
    deployedTo(fleet, { trafficControl: { targetGroups: [aTargetGroup(fleet.stack)] } });

    Template.fromStack(fleet.stack).hasResourceProperties('Custom::SlipwayDeploymentGroup', {
      TrafficControl: { TargetGroupNames: ['web-targets'] },
    });
  });

  it('asks for Standby on the Auto Scaling group itself, and on none of its instances', () => {
    const fleet = aFleet();
    deployedTo(fleet, { trafficControl: { targetGroups: [aTargetGroup(fleet.stack)], standby: true } });

    Template.fromStack(fleet.stack).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      Tags: Match.arrayWith([{ Key: 'slipway:standby', Value: 'true', PropagateAtLaunch: false }]),
    });
  });

  it('needs a target group', () => {
    expect(() => deployedTo(aFleet(), { trafficControl: { targetGroups: [] } })).toThrow('name one');
  });
});

it('asks on the Auto Scaling group itself that deployments suspend its processes', () => {
  const fleet = aFleet();
  deployedTo(fleet, { suspendProcesses: ['AZRebalance', 'ScheduledActions'] });

  Template.fromStack(fleet.stack).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    Tags: Match.arrayWith([
      { Key: 'slipway:suspend', Value: 'AZRebalance ScheduledActions', PropagateAtLaunch: false },
    ]),
  });
});

describe('a revision in a bucket', () => {
  it('is registered with its version, and only that version may be read', () => {
    const fleet = aFleet();
    const bucket = Bucket.fromBucketName(fleet.stack, 'Releases', 'releases');

    deployedTo(fleet, { revision: Revision.fromBucket(bucket, 'web/1.2.tar.gz', { version: 'v7' }) });

    const template = Template.fromStack(fleet.stack);
    template.hasResourceProperties('Custom::SlipwayDeploymentGroup', {
      Revision: { S3Location: { Bucket: 'releases', Key: 'web/1.2.tar.gz', BundleType: 'tgz', Version: 'v7' } },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 's3:GetObjectVersion' })]) },
    });
  });
});

describe('several deployment groups on one Auto Scaling group', () => {
  const base = { applicationName: 'base', deploymentGroupName: 'base-fleet' };
  const hooksIn = (stack: Stack): Record<string, unknown>[] => {
    const [group] = Object.values(Template.fromStack(stack).findResources(GROUP)) as { Properties: never }[];
    return group?.Properties['LifecycleHookSpecificationList'] ?? [];
  };
  const namedBy = (hook: Record<string, unknown> | undefined): string[] =>
    decodeHookMetadata(String(hook?.['NotificationMetadata']))?.deploymentGroups.map((each) => each.applicationName) ??
    [];

  it('share one hook per direction, which names them in the order of their construction', () => {
    const fleet = aFleet();
    deployedTo(fleet, { ...base, deployTerminations: true }, 'Base');
    deployedTo(fleet, { heartbeatTimeout: Duration.minutes(30) });

    const hooks = hooksIn(fleet.stack);

    expect(hooks.map(({ LifecycleHookName }) => LifecycleHookName)).toEqual(['slipway-launch', 'slipway-termination']);
    expect(hooks.map(namedBy)).toEqual([['base', 'web'], ['base']]);
    expect(hooks.map(({ HeartbeatTimeout }) => HeartbeatTimeout)).toEqual([1800, 900]);
  });

  it('follow the order that they state', () => {
    const fleet = aFleet();
    deployedTo(fleet, { launchOrder: 2 });
    deployedTo(fleet, { ...base, launchOrder: 1 }, 'Base');

    expect(hooksIn(fleet.stack).map(namedBy)).toEqual([['base', 'web']]);
  });

  it('are all registered before the first instance launches, which installs one agent', () => {
    const fleet = aFleet();
    deployedTo(fleet, base, 'Base');
    deployedTo(fleet);

    const template = Template.fromStack(fleet.stack);

    template.hasResource(GROUP, {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('^BaseRegistration'),
        Match.stringLikeRegexp('^WebRegistration'),
      ]),
    });
    expect(userDataIn(template).match(/systemctl enable --now slipway-agent/g)).toHaveLength(1);
    expect(userDataIn(template)).toContain('hook_log_group: /slipway/hook-scripts/{application}/{deployment_group}');
  });

  it('have the same agent, and ship what scripts print all or none', () => {
    const fleet = aFleet();
    deployedTo(fleet, { ...base, shipHookLogs: false }, 'Base');

    expect(() => deployedTo(fleet)).toThrow(/Only some deployment groups of Fleet\/Group ship/);
    expect(() => deployedTo(fleet, { hostAgent: 'aws', engine: new AnEngine(fleet.stack, 'Other') }, 'Aws')).toThrow(
      /want different host agents, slipway and aws/,
    );
  });

  it('are refused when their names are more than a hook can hold', () => {
    const fleet = aFleet();
    const declareMany = () => {
      for (let n = 10; n < 40; n++)
        deployedTo(fleet, { applicationName: `${n}${'a'.repeat(98)}`, shipHookLogs: false }, `Many${n}`);
    };

    expect(declareMany).toThrow(/a lifecycle hook holds 4000/);
  });
});

describe('the roll-out of a revision', () => {
  const templateWith = (rollout?: Rollout): Template => {
    const fleet = aFleet();
    deployedTo(fleet, { revision: Revision.fromAsset(aRevisionDirectory()), ...(rollout && { rollout }) });
    return Template.fromStack(fleet.stack);
  };

  it('comes after the group, and CloudFormation waits a minute longer than the engine', () => {
    const template = templateWith();
    const [group = ''] = Object.keys(template.findResources(GROUP));

    template.hasResource('Custom::SlipwayRollout', {
      Properties: {
        ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:rollout',
        ServiceTimeout: '3360',
        AutoScalingGroupName: { Ref: group },
        Mode: 'WAIT',
        TimeoutSeconds: '3300',
        Revision: { RevisionType: 'S3' },
      },
      DependsOn: Match.arrayWith([group]),
    });
    template.hasResourceProperties('Custom::SlipwayDeploymentGroup', { IsRolledOut: 'true' });
  });

  it('lets instances read the last revision that succeeded as well, before the group launches any', () => {
    const template = templateWith();
    const policies = template.findResources('AWS::IAM::Policy', {
      Properties: {
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:GetObjectVersion'],
              Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Registration'), 'LastSuccessfulObjectArn'] },
            },
          ]),
        },
      },
    });

    template.hasResource(GROUP, { DependsOn: Match.arrayWith(Object.keys(policies)) });
    expect(Object.keys(policies)).toHaveLength(1);
  });

  it('waits for that of the deployment group before on the same hosts', () => {
    const fleet = aFleet();
    for (const name of ['web', 'sidecar'])
      deployedTo(fleet, { revision: Revision.fromAsset(aRevisionDirectory()), deploymentGroupName: name }, name);

    const rollouts = Object.entries(Template.fromStack(fleet.stack).findResources('Custom::SlipwayRollout'));

    const [[first = ''] = [], [, second] = []] = rollouts;
    expect((second as { DependsOn?: string[] } | undefined)?.DependsOn).toContain(first);
  });

  it('may be one that is started only', () => {
    const template = templateWith(Rollout.start({ deploymentConfigName: 'CodeDeployDefault.AllAtOnce' }));

    template.hasResourceProperties('Custom::SlipwayRollout', {
      ServiceTimeout: '300',
      Mode: 'START',
      RollBackOnFailure: 'true',
      DeploymentConfigName: 'CodeDeployDefault.AllAtOnce',
    });
  });

  it('may be none, and is none without a revision', () => {
    const bare = aFleet();
    deployedTo(bare);

    for (const template of [templateWith(Rollout.none()), Template.fromStack(bare.stack)]) {
      template.resourceCountIs('Custom::SlipwayRollout', 0);
      template.hasResourceProperties('Custom::SlipwayDeploymentGroup', { IsRolledOut: Match.absent() });
    }
  });

  it('takes no longer than CloudFormation waits, and needs a revision', () => {
    expect(() => Rollout.wait({ timeout: Duration.hours(1) })).toThrow('from 1 to 59 minutes');
    expect(() => deployedTo(aFleet(), { rollout: Rollout.start() })).toThrow('no effect without a revision');
  });
});

describe('heartbeat timeouts', () => {
  it('may differ between launches and terminations', () => {
    const fleet = aFleet();

    deployedTo(fleet, {
      deployTerminations: true,
      heartbeatTimeout: Duration.hours(1),
      terminationHeartbeatTimeout: Duration.minutes(10),
    });

    Template.fromStack(fleet.stack).hasResourceProperties(GROUP, {
      LifecycleHookSpecificationList: [
        Match.objectLike({ HeartbeatTimeout: 3600 }),
        Match.objectLike({ HeartbeatTimeout: 600 }),
      ],
    });
  });

  it.each([Duration.minutes(9), Duration.hours(3)])(
    'must leave room for a lost heartbeat and suit Auto Scaling: %s',
    (timeout) => {
      expect(() => deployedTo(aFleet(), { heartbeatTimeout: timeout })).toThrow(/between 10 and 120 minutes/);
    },
  );

  it('of terminations are refused where terminations are not deployed', () => {
    expect(() => deployedTo(aFleet(), { terminationHeartbeatTimeout: Duration.minutes(15) })).toThrow(
      /deployTerminations/,
    );
  });
});

describe('hooks that are already there', () => {
  const notifying = (fleet: ReturnType<typeof aFleet>, target?: string): void => {
    const group = fleet.autoScalingGroup.node.defaultChild as CfnAutoScalingGroup;
    group.lifecycleHookSpecificationList = [
      {
        lifecycleHookName: 'drain',
        lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        ...(target && { notificationTargetArn: target }),
      },
    ];
  };

  it('stay, and Slipway’s are appended', () => {
    const fleet = aFleet();
    notifying(fleet);

    deployedTo(fleet);

    Template.fromStack(fleet.stack).hasResourceProperties(GROUP, {
      LifecycleHookSpecificationList: [
        Match.objectLike({ LifecycleHookName: 'drain' }),
        Match.objectLike({ LifecycleHookName: 'slipway-launch' }),
      ],
    });
  });

  it('are refused when they notify somebody else, as Auto Scaling would', () => {
    const fleet = aFleet();
    notifying(fleet, 'arn:aws:sqs:us-east-1:123456789012:another-queue');

    expect(() => deployedTo(fleet)).toThrow(/hook drain .* another notification target.*addLifecycleHook/s);
  });
});

describe('a group that Slipway cannot serve', () => {
  it('is one that was imported', () => {
    const fleet = aFleet();
    const imported = AutoScalingGroup.fromAutoScalingGroupName(fleet.stack, 'Imported', 'their-group');

    expect(() => deployedTo(fleet, { autoScalingGroup: imported })).toThrow(
      /is imported.*Declare the group in this app/s,
    );
  });

  it('is one that has this deployment group already', () => {
    const fleet = aFleet();
    deployedTo(fleet);

    expect(() => deployedTo(fleet, {}, 'Again')).toThrow(/web\/web-fleet is declared twice/);
  });

  it('is one with a hook of our name that is not ours', () => {
    const fleet = aFleet();
    const group = fleet.autoScalingGroup.node.defaultChild as CfnAutoScalingGroup;
    group.lifecycleHookSpecificationList = [
      { lifecycleHookName: 'slipway-launch', lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' },
    ];

    expect(() => deployedTo(fleet)).toThrow(/already has a lifecycle hook named slipway-launch/);
  });

  it('is one of another stack', () => {
    const fleet = aFleet();
    const stack = new Stack(Stack.of(fleet.stack).node.root, 'Another');

    expect(() => deployedTo({ ...fleet, stack })).toThrow(/declared in another stack/);
  });

  it('is one that is called as no hook’s metadata could say', () => {
    const fleet = aFleet();

    expect(() => deployedTo(fleet, { applicationName: 'größe' })).toThrow(/applicationName must be 1 to 100 letters/);
  });

  it('is one whose instances have no role', () => {
    const fleet = aFleet({}, { role: false });

    expect(() => deployedTo(fleet)).toThrow(/no instance role.*Give its launch template a role/s);
  });

  it('is one that launches Windows', () => {
    const fleet = aFleet({
      machineImage: new WindowsImage(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
      userData: UserData.forWindows(),
    });

    expect(fleet.autoScalingGroup.osType).toBe(OperatingSystemType.WINDOWS);
    expect(() => deployedTo(fleet)).toThrow(/launches Windows/);
  });
});
