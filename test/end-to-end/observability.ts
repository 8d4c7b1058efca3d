import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListExecutionsCommand, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import type { Cloud } from './cloud.ts';

const HOUR_MS = 3600_000;

/** A metric of the engine over the whole rehearsal. */
export async function metric(cloud: Cloud, MetricName: string, statistic: 'Sum' | 'Maximum' = 'Sum'): Promise<number> {
  const now = cloud.rehearsal.clock.now();
  const { Datapoints = [] } = await cloud.cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'Slipway',
      MetricName,
      Dimensions: [{ Name: 'service', Value: 'slipway' }],
      StartTime: new Date(now - 24 * HOUR_MS),
      EndTime: new Date(now + HOUR_MS),
      Period: 24 * 3600,
      Statistics: [statistic],
    }),
  );
  const values = Datapoints.map((point) => point[statistic] ?? 0);
  return statistic === 'Maximum' ? Math.max(0, ...values) : values.reduce((total, value) => total + value, 0);
}

/** Every line of every log group. */
export async function allLogLines(cloud: Cloud): Promise<string[]> {
  const { logGroups = [] } = await cloud.logs.send(new DescribeLogGroupsCommand({}));
  const lines = await Promise.all(logGroups.map(({ logGroupName = '' }) => cloud.logLines(logGroupName)));
  return lines.flat();
}

/** What Lambda and its runtime write around a run, in its text format; all else are the functions' own words. */
export const PLATFORM_LINE = /^(START|END|REPORT|INIT_START) |^\S+Z\s.*(Runtime exited|\tInvoke Error)/;

/** The token of each lifecycle action: whoever knows one may complete the action. */
export function lifecycleActionTokens(cloud: Cloud): string[] {
  return cloud.rehearsal.journal.entries.flatMap((entry) =>
    entry.kind === 'lifecycleAction' && entry.event === 'started' ? [entry.token] : [],
  );
}

/** Task tokens of all executions, which their histories show: whoever knows one may answer the task. */
export async function taskTokens(cloud: Cloud): Promise<string[]> {
  const { executions = [] } = await cloud.states.send(
    new ListExecutionsCommand({ stateMachineArn: cloud.engine('StateMachineArn'), maxResults: 1000 }),
  );
  const tokens = executions.map(async ({ executionArn }) => {
    let history = '';
    for await (const { events } of paginateGetExecutionHistory({ client: cloud.states }, { executionArn }))
      history += JSON.stringify(events).replaceAll('\\', '');
    // The payload of RunEvents names it; the heartbeat lane's is a value of its DynamoDB call.
    return [...history.matchAll(/"(?:taskToken|S)":"([^"]{40,})"/g)].map(([, token = '']) => token);
  });
  return (await Promise.all(tokens)).flat();
}
