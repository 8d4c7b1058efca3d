import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LogStore } from '../../../rehearsal/logs/log-store.ts';
import { createMonitoringPart, type MonitoringPart } from '../../../rehearsal/monitoring/create-monitoring-part.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startTestGround, type TestGround } from '../ground.ts';

let test: TestGround;
let monitoring: MonitoringPart;
let logs: LogStore;
let cloudWatch: CloudWatchClient;
let sqs: SQSClient;
let sns: SNSClient;
beforeAll(async () => {
  test = await startTestGround(
    (ground) => {
      logs = new LogStore(() => ground.clock.now());
      monitoring = createMonitoringPart(ground, { logs });
      return [monitoring, createStoragePart(ground)];
    },
    { speed: 240 },
  );
  cloudWatch = new CloudWatchClient(test.client);
  sqs = new SQSClient(test.client);
  sns = new SNSClient(test.client);
});
afterAll(async () => {
  for (const client of [cloudWatch, sqs, sns]) client.destroy();
  await test.close();
});

const statistics = (Namespace: string, MetricName: string, Dimensions: { Name: string; Value: string }[]) => {
  const now = test.ground.clock.now();
  return cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions,
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 3_600_000),
      Period: 86_400,
      Statistics: ['Sum', 'Maximum'],
      ExtendedStatistics: ['p50'],
    }),
  );
};

const stateOf = async (name: string): Promise<string | undefined> => {
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms?.[0]?.StateValue;
};

const eventually = { timeout: 10_000, interval: 50 };

describe('metrics', () => {
  it('come from the embedded metrics in logs', async () => {
    const _aws = {
      Timestamp: test.ground.clock.now(),
      CloudWatchMetrics: [{ Namespace: 'Slipway', Dimensions: [['service']], Metrics: [{ Name: 'Heartbeats' }] }],
    };
    for (const Heartbeats of [1, 3]) {
      logs.append('/aws/lambda/x', 's', JSON.stringify({ _aws, service: 'heartbeat', Heartbeats }), 0);
    }

    const { Datapoints } = await statistics('Slipway', 'Heartbeats', [{ Name: 'service', Value: 'heartbeat' }]);

    expect(Datapoints).toMatchObject([{ Sum: 4, Maximum: 3, ExtendedStatistics: { p50: 1 } }]);
  });

  it('come from clients', async () => {
    const MetricData = [
      { MetricName: 'Queued', Values: [1, 2], Counts: [2, 1], Dimensions: [{ Name: 'a', Value: 'b' }] },
    ];
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'App', MetricData }));

    const { Metrics } = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'App' }));
    const { Datapoints } = await statistics('App', 'Queued', [{ Name: 'a', Value: 'b' }]);

    expect(Metrics).toEqual([{ Namespace: 'App', MetricName: 'Queued', Dimensions: [{ Name: 'a', Value: 'b' }] }]);
    expect(Datapoints).toMatchObject([{ Sum: 4 }]);
  });

  it('count executions by their events', async () => {
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:x';
    const event = { source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', resources: [] };

    monitoring.observe({ ...event, detail: { stateMachineArn, status: 'FAILED' } });

    const { Datapoints } = await statistics('AWS/States', 'ExecutionsFailed', [
      { Name: 'StateMachineArn', Value: stateMachineArn },
    ]);
    expect(Datapoints).toMatchObject([{ Sum: 1 }]);
  });
});

describe('an alarm', () => {
  it('goes off over a queue with dead letters, and tells its topic', async () => {
    const { QueueUrl: dead } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const { QueueUrl: inbox } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
    const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:inbox';
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: 'poison' }));

    await test.provision('AWS::CloudWatch::Alarm', {
      AlarmName: 'dead letters',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'dead' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [TopicArn],
    });

    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: inbox, WaitTimeSeconds: 10 }));
    const envelope = JSON.parse(Messages?.[0]?.Body ?? '{}') as { Subject: string; Message: string };
    expect(envelope.Subject).toBe('ALARM: "dead letters" in US East (N. Virginia)');
    expect(JSON.parse(envelope.Message)).toMatchObject({
      AlarmName: 'dead letters',
      NewStateValue: 'ALARM',
      OldStateValue: 'INSUFFICIENT_DATA',
      Trigger: { MetricName: 'ApproximateNumberOfMessagesVisible', Dimensions: [{ name: 'QueueName', value: 'dead' }] },
    });
    expect(test.emitted.map(({ detail }) => detail['alarmName'])).toContain('dead letters');
  });

  it('returns to OK when its metric does', async () => {
    await test.provision('AWS::CloudWatch::Alarm', {
      AlarmName: 'errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
      Statistic: 'Sum',
      Period: '60',
      EvaluationPeriods: '1',
      Threshold: '1',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });

    monitoring.metric('AWS/Lambda', 'Errors', { FunctionName: 'f' }, 1);

    // Nothing missing breaches: a first evaluation may come before the metric and find all well.
    const changes = (): string[] =>
      test.emitted
        .filter(({ detail }) => detail['alarmName'] === 'errors')
        .map(({ detail }) => (detail['state'] as { value: string }).value);
    await vi.waitFor(() => expect(changes().slice(-2)).toEqual(['ALARM', 'OK']), eventually);
    expect(await stateOf('errors')).toBe('OK');
  });

  it('of metric math says that it is not computed', async () => {
    await test.provision('AWS::CloudWatch::Alarm', {
      AlarmName: 'rate',
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [{ Id: 'e', Expression: 'a / b' }],
    });

    const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['rate'] }));

    expect(MetricAlarms).toMatchObject([
      { StateValue: 'INSUFFICIENT_DATA', StateReason: 'The rehearsal does not compute metric math' },
    ]);
  });

  it('may stand for others', async () => {
    await test.provision('AWS::CloudWatch::CompositeAlarm', { AlarmName: 'any', AlarmRule: 'TRUE' });

    await vi.waitFor(async () => {
      const { CompositeAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }));
      expect(CompositeAlarms).toMatchObject([{ AlarmName: 'any', StateValue: 'ALARM' }]);
    }, eventually);
  });
});

describe('a dashboard', () => {
  it('is listed', async () => {
    await test.provision('AWS::CloudWatch::Dashboard', { DashboardName: 'slipway', DashboardBody: '{"widgets":[]}' });

    const { DashboardEntries } = await cloudWatch.send(new ListDashboardsCommand({}));

    expect(DashboardEntries).toMatchObject([{ DashboardName: 'slipway', Size: 14 }]);
  });
});
