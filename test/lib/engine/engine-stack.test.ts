import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { DeploymentTable } from '../../../lib/engine/deployment-table.ts';
import { EngineStack } from '../../../lib/engine/engine-stack.ts';
import { actionsOf, functionIn, only, policyOf, resourcesOf } from './reading-templates.ts';

/** The programs of functions and hosts are none of these tests' business, and would take seconds to make. */
const anApp = (): App =>
  new App({
    builtinCloudFormationValidation: false,
    context: { agentArchitectures: '', 'aws:cdk:bundling-stacks': [] },
  });

let template: Template;

beforeAll(() => {
  template = Template.fromStack(new EngineStack(anApp(), 'Engine'));
});

describe('the way of a lifecycle action into the engine', () => {
  it('begins with a role that Auto Scaling may assume and that may do nothing but send, from its first moment', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'autoscaling.amazonaws.com' } }],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
                Resource: { 'Fn::GetAtt': Match.anyValue() },
              },
            ],
          },
        },
      ],
    });
  });

  it('leads through a queue that gives a message ten chances and keeps the dead letters for fourteen days', () => {
    const [deadLetters] = Object.keys(
      template.findResources('AWS::SQS::Queue', { Properties: { MessageRetentionPeriod: 1209600 } }),
    ).filter((id) => id.includes('DeadLetters'));

    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 10, deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } },
    });
  });

  it('refuses every queue and the topic to whoever does not use TLS', () => {
    const unencrypted = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    template.resourcePropertiesCountIs(
      'AWS::SQS::QueuePolicy',
      { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(unencrypted)]) } },
      Object.keys(template.findResources('AWS::SQS::Queue')).length,
    );
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(unencrypted)]) },
    });
  });

  it('ends at a consumer that answers for each message of a batch by itself', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FunctionName: { Ref: functionIn(template, 'hook-consumer').logicalId },
    });
  });

  it('leaves a message invisible for six times the consumer’s time limit', () => {
    const { Timeout } = functionIn(template, 'hook-consumer').properties as { Timeout: number };

    expect(6 * Timeout).toBeLessThanOrEqual(180);
  });
});

describe('each function', () => {
  const givingCapacityBack = [
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeAutoScalingInstances',
    'autoscaling:UpdateAutoScalingGroup',
  ];
  const holdingLaunches = ['autoscaling:SuspendProcesses', 'autoscaling:ResumeProcesses'];
  const notifying = ['sns:Publish', 'events:PutEvents'];
  const permissions: Record<string, string[]> = {
    'hook-consumer': ['states:StartExecution', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    orchestrator: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'autoscaling:CompleteLifecycleAction',
      'states:SendTaskSuccess',
      ...givingCapacityBack,
      ...holdingLaunches,
      ...notifying,
    ],
    heartbeat: ['dynamodb:GetItem', 'autoscaling:RecordLifecycleActionHeartbeat'],
    traffic: [
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
      'elasticloadbalancing:RegisterTargets',
      'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancing:DescribeTargetHealth',
      'autoscaling:EnterStandby',
      'autoscaling:ExitStandby',
      ...givingCapacityBack,
    ],
    commands: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'states:SendTaskSuccess'],
    'dead-execution': [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'autoscaling:CompleteLifecycleAction',
      'states:SendTaskSuccess',
      ...givingCapacityBack,
      ...holdingLaunches,
      ...notifying,
      'sqs:SendMessage',
    ],
    fleet: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'ec2:DescribeInstances',
      'cloudwatch:DescribeAlarms',
      ...givingCapacityBack,
      ...holdingLaunches,
      'states:SendTaskSuccess',
      'states:StartExecution',
      ...notifying,
      'sqs:SendMessage',
    ],
    doctor: [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Query', // of the lists of deployments
      'autoscaling:PutLifecycleHook',
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeLifecycleHooks',
      'iam:PassRole',
    ],
    rollout: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:ResumeProcesses',
      'cloudformation:DescribeStacks',
      'states:SendTaskSuccess',
      'states:StartExecution',
      ...['s3:ListBucket', 's3:GetObject', 's3:GetObjectVersion', 'kms:Decrypt'],
    ],
    registration: [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:ResumeProcesses',
    ],
    api: [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Query', // of the lists of deployments
      'dynamodb:Query', // of the deployments of a host
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:ResumeProcesses',
      'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeLifecycleHooks',
      'autoscaling:PutLifecycleHook',
      'autoscaling:DeleteLifecycleHook',
      'iam:PassRole',
      'sns:Publish',
      'states:GetExecutionHistory',
      'states:SendTaskSuccess',
      'states:StartExecution',
      ...['s3:ListBucket', 's3:GetObject', 's3:GetObjectVersion', 'kms:Decrypt'],
    ],
  };
  const folders = Object.keys(permissions);
  /** Actions for which AWS knows no resources. */
  const DESCRIBES = /:Describe/;

  it.each(folders)('may do what it needs and nothing else: %s', (folder) => {
    const logging = ['logs:CreateLogStream', 'logs:PutLogEvents'];

    const policy = policyOf(template, functionIn(template, folder));

    expect(actionsOf(policy).sort()).toEqual([...logging, ...(permissions[folder] ?? [])].sort());
  });

  it.each(folders)(
    'names the resources it may touch; only what is named after the engine was deployed by pattern: %s',
    (folder) => {
      const policy = policyOf(template, functionIn(template, folder));
      const changes = policy.filter((statement) => !actionsOf([statement]).every((action) => DESCRIBES.test(action)));
      const patterns = resourcesOf(changes).filter((text) => text.includes('*'));

      for (const pattern of patterns)
        expect(pattern).toMatch(
          /:autoscaling:.*:autoScalingGroup:\*:autoScalingGroupName\/\*|:elasticloadbalancing:.*:targetgroup\/\*|:sns:.*:\*|:s3:::\*|:kms:.*:key\/\*|:states:.*:execution:[^*]+:\*/,
        );
    },
  );

  it.each(['traffic', 'orchestrator', 'dead-execution', 'fleet'])(
    'changes the capacity of no Auto Scaling group that has not asked for Standby: %s',
    (folder) => {
      const policy = policyOf(template, functionIn(template, folder));

      const changing = policy.find((statement) =>
        actionsOf([statement]).includes('autoscaling:UpdateAutoScalingGroup'),
      );

      expect(changing).toMatchObject({ Condition: { StringEquals: { 'aws:ResourceTag/slipway:standby': 'true' } } });
    },
  );

  it('reads revisions out of the buckets of its own account', () => {
    const reading = policyOf(template, functionIn(template, 'api')).filter((statement) =>
      actionsOf([statement]).some((action) => /^(s3|kms):/.test(action)),
    );

    expect(reading).toHaveLength(3);
    for (const statement of reading) {
      expect(statement).toMatchObject({
        Condition: { StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
      });
    }
  });

  it.each(['orchestrator', 'dead-execution', 'fleet'])('speaks on the event bus under no other name: %s', (folder) => {
    const policy = policyOf(template, functionIn(template, folder));

    expect(policy).toContainEqual(
      expect.objectContaining({
        Action: 'events:PutEvents',
        Condition: { 'ForAllValues:StringEquals': { 'events:source': 'slipway.codedeploy' } },
      }),
    );
  });

  it.each(folders)('runs on ARM from a bundle of its own: %s', (folder) => {
    const { properties } = functionIn(template, folder);

    expect(properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x', Handler: 'index.handler' });
  });

  it.each(folders.filter((folder) => !['traffic', 'heartbeat'].includes(folder)))(
    'is watched for errors and throttles: %s',
    (folder) => {
      const { logicalId } = functionIn(template, folder);

      // What is behind a URL answers its failures with a status, so that Lambda counts no error.
      for (const MetricName of [['commands', 'api'].includes(folder) ? 'Url5xxCount' : 'Errors', 'Throttles'])
        template.hasResourceProperties('AWS::CloudWatch::Alarm', {
          Namespace: 'AWS/Lambda',
          MetricName,
          Dimensions: [{ Name: 'FunctionName', Value: { Ref: logicalId } }],
        });
    },
  );

  it('is watched for throttles alone where it throws to be called again', () => {
    const Dimensions = [{ Name: 'FunctionName', Value: { Ref: functionIn(template, 'traffic').logicalId } }];

    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Throttles', Dimensions });
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'Errors', Dimensions }, 0);
  });

  it('is watched for faults of its own where errors are answers', () => {
    const Dimensions = [{ Name: 'FunctionName', Value: { Ref: functionIn(template, 'heartbeat').logicalId } }];

    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'Errors', Dimensions }, 0);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'HeartbeatsFailed', Namespace: 'Slipway' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Duration', Threshold: 30_000, Dimensions });
  });

  it('raises an alarm when nobody could be told of a deployment', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NotificationsFailed',
      Namespace: 'Slipway',
    });
  });

  it('logs to a group that forgets after a month', () => {
    template.resourcePropertiesCountIs('AWS::Logs::LogGroup', { RetentionInDays: 30 }, folders.length + 2);
  });
});

const machine = (name: string) =>
  only(template, 'AWS::StepFunctions::StateMachine', ({ StateMachineName }) => StateMachineName === name);

describe('the state machine', () => {
  it('is a Standard workflow, traced, and keeps lifecycle action tokens out of its log', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'Slipway-InstanceDeployment',
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  it('may invoke the functions it is made of, write to the table, and leave logs and traces', () => {
    const policy = policyOf(template, machine('Slipway-InstanceDeployment'));

    const invoked = resourcesOf(policy.filter(({ Action }) => Action === 'lambda:InvokeFunction'));
    expect(invoked.sort()).toEqual(
      ['heartbeat', 'orchestrator', 'traffic'].map((folder) =>
        JSON.stringify({ 'Fn::GetAtt': [functionIn(template, folder).logicalId, 'Arn'] }),
      ),
    );
    const elsewhere = actionsOf(policy).filter((action) => !/^(lambda|logs|xray):/.test(action));
    expect(elsewhere).toEqual(['dynamodb:UpdateItem']);
  });

  it.each(['Slipway-InstanceDeployment', 'Slipway-FleetDeployment'])('works in any partition: %s', (name) => {
    const { properties } = machine(name);

    expect(JSON.stringify(properties.DefinitionString)).not.toContain('arn:aws:states');
  });

  it('of fleets may start and join that of instances, and the children of its Map', () => {
    const policy = policyOf(template, machine('Slipway-FleetDeployment'));

    const elsewhere = actionsOf(policy).filter((action) => !/^(lambda|logs|xray):/.test(action));
    expect(elsewhere).toEqual([
      'dynamodb:UpdateItem',
      'states:StartExecution',
      'states:DescribeExecution',
      'states:StopExecution',
      'events:PutTargets',
      'events:PutRule',
      'events:DescribeRule',
    ]);
  });

  it('has its dead executions settled, and their events kept when that fails', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      Targets: [{ Arn: { 'Fn::GetAtt': [functionIn(template, 'dead-execution').logicalId, 'Arn'] } }],
    });
    expect(functionIn(template, 'dead-execution').properties).toHaveProperty('DeadLetterConfig.TargetArn');
  });
});

describe('the command service', () => {
  it('listens to signed requests only', () => {
    template.allResourcesProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM' });
  });
});

describe('an engine that lets AWS’s agents in', () => {
  let open: Template;
  beforeAll(() => {
    const gitHubTokens = { acme: { parameterName: '/github/acme' } };
    open = Template.fromStack(new EngineStack(anApp(), 'Open', { awsAgents: true, gitHubTokens }));
  });

  it('has one address that takes unsigned requests, and sends hosts there', () => {
    const door = functionIn(open, 'commands-by-secret');

    expect(only(open, 'AWS::Lambda::Url', ({ AuthType }) => AuthType === 'NONE').properties).toMatchObject({
      TargetFunctionArn: { 'Fn::GetAtt': [door.logicalId, 'Arn'] },
    });
    expect(functionIn(open, 'commands').properties).toHaveProperty('Environment.Variables.SLIPWAY_SECRET_DOOR_URL');
  });

  const calls = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'states:SendTaskSuccess'];
  const secrets = ['ssm:GetParameter', 'kms:Decrypt', 'ssm:GetParameter']; // its keys, and tokens for GitHub
  it.each([
    ['commands', [...calls, ...secrets]],
    ['commands-by-secret', [...calls, ...secrets]],
    [
      'installation-keys',
      ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter', 'kms:Encrypt', 'kms:Decrypt'],
    ],
  ])('has a function %s that may do what it needs, to what it names', (folder, needed) => {
    const policy = policyOf(open, functionIn(open, folder));

    const logging = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    expect(actionsOf(policy).sort()).toEqual([...logging, ...needed].sort());
    expect(resourcesOf(policy).filter((text) => text.includes('*'))).toEqual([]);
  });

  it.each(['api', 'commands', 'commands-by-secret'])('lets %s read tokens for GitHub, where it has some', (folder) => {
    const withTokens = functionIn(open, folder);

    expect(withTokens.properties).toHaveProperty(
      'Environment.Variables.SLIPWAY_GITHUB_TOKENS',
      '{"acme":"/github/acme"}',
    );
    expect(resourcesOf(policyOf(open, withTokens)).some((text) => text.includes(':parameter/github/acme'))).toBe(true);
  });

  it('keeps its keys under a key of its own, since managed instances may read all that the account’s key encrypts', () => {
    const { logicalId } = only(open, 'AWS::KMS::Key');

    expect(functionIn(open, 'installation-keys').properties).toHaveProperty(
      'Environment.Variables.SLIPWAY_KEYS_ENCRYPTION_KEY',
      { 'Fn::GetAtt': [logicalId, 'Arn'] },
    );
  });
});

describe('the table', () => {
  it('costs by the request, can be restored, forgets expired items, and outlives the stack', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
      DeletionPolicy: 'Retain',
    });
  });

  it('goes with the stack when asked to', () => {
    const stack = new Stack(anApp(), 'Stack');

    new DeploymentTable(stack, 'Trial', { removalPolicy: RemovalPolicy.DESTROY });

    Template.fromStack(stack).hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
  });
});

describe('alarms', () => {
  it.each([
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible'],
    ['AWS/SQS', 'ApproximateAgeOfOldestMessage'],
    ['AWS/States', 'ExecutionsFailed'],
    ['AWS/States', 'ExecutionsTimedOut'],
    ['AWS/States', 'ExecutionsAborted'],
    ['AWS/States', 'ExecutionThrottled'],
    ['Slipway', 'DeploymentsFailed'],
  ])('tell of %s %s', (Namespace, MetricName) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace,
      MetricName,
      AlarmDescription: Match.anyValue(),
    });
  });

  it('all reach the topic, to which CloudWatch may publish', () => {
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: Match.anyValue() }],
      TreatMissingData: 'notBreaching',
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('and graphs are on one dashboard, named for its Region: dashboards are global to an account', () => {
    const { properties } = only(template, 'AWS::CloudWatch::Dashboard');

    expect(JSON.stringify(properties.DashboardName)).toContain('AWS::Region');
  });
});

describe('what the engine tells others', () => {
  it.each([
    'CommandServiceUrl',
    'TableName',
    'LifecycleQueueUrl',
    'StateMachineArn',
    'FleetMachineArn',
    'AlarmTopicArn',
  ])('is an output: %s', (output) => {
    template.hasOutput(output, {});
  });

  it.each([
    'lifecycle-queue-arn',
    'hook-role-arn',
    'registration-function-arn',
    'rollout-function-arn',
    'command-service-url',
    'command-function-arn',
    'agent-bucket-name',
    'agent-x86-64-object-key',
    'agent-arm64-object-key',
    'api-url',
  ])('is a parameter that other apps and clients read: %s', (name) => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/slipway/${name}` });
  });
});
