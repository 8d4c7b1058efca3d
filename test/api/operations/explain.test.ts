import { AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { ExecutionDoesNotExist, GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { TableTargets } from '../../../adapters/table/targets.ts';
import { executionNameFor } from '../../../core/target-request.ts';
import { aLaunch, aTarget } from '../../lambdas/doubles/builders.ts';
import { serveApi, STATE_MACHINE_ARN } from '../support/served-api.ts';

const autoScaling = mockClient(AutoScalingClient);
const states = mockClient(SFNClient);
const api = serveApi();
const LAUNCH = aTarget({ request: aLaunch({ autoScalingGroupName: 'blue' }) });

const call = async (input: object) => {
  const headers = { 'x-amz-target': 'Slipway_20261122.Explain' };
  const response = await fetch(api.url, { method: 'POST', headers, body: JSON.stringify(input) });
  const body = (await response.json()) as { readonly __type?: string; readonly entries?: { readonly text: string }[] };
  return { ...body, texts: body.entries?.map(({ text }) => text) ?? [] };
};

beforeEach(async () => {
  autoScaling.reset();
  states.reset();
  const { instanceId } = LAUNCH;
  const activity = { StartTime: new Date('2026-05-04T11:59:00Z'), StatusCode: 'InProgress' };
  autoScaling.on(DescribeScalingActivitiesCommand).resolves({
    Activities: [
      { ...activity, Description: `Launching a new EC2 instance: ${instanceId}` },
      { ...activity, Description: 'Launching a new EC2 instance: i-another' },
    ] as never,
  });
  states.on(GetExecutionHistoryCommand).resolves({ events: [] });
  const targets = new TableTargets(api.table, () => api.nowMs);
  await targets.open(LAUNCH);
  await targets.open(aTarget({ deploymentId: 'd-ANOTHER01', instanceId: 'i-another' }));
});

describe('the story of a host', () => {
  it('has its deployments, and what Auto Scaling did with it, but nothing of others', async () => {
    const { texts } = await call({ subject: LAUNCH.instanceId });

    expect(texts).toContain(`Launching a new EC2 instance: ${LAUNCH.instanceId}`);
    expect(texts.join()).toContain(`opens the launch deployment ${LAUNCH.deploymentId}`);
    expect(texts.join()).not.toContain('another');
  });

  it('says why an activity ended, without the token that Auto Scaling names', async () => {
    const StatusMessage = 'Lifecycle Action with token 0e5e651b-d66f-4adb-b7c0-85c23cc8c2f5 was abandoned';
    const Description = `Launching a new EC2 instance: ${LAUNCH.instanceId}.  Status Reason: ${StatusMessage}`;
    const [StartTime, EndTime] = [new Date('2026-05-04T11:59:00Z'), new Date('2026-05-04T12:02:00Z')];
    const activity = { Description, StatusMessage, StatusCode: 'Cancelled', StartTime, EndTime };
    autoScaling.on(DescribeScalingActivitiesCommand).resolves({ Activities: [activity] as never });

    const { entries } = await call({ subject: LAUNCH.instanceId });

    expect(entries?.at(-1)).toMatchObject({
      text: `Launching a new EC2 instance: ${LAUNCH.instanceId}: Cancelled`,
      details: ['Lifecycle Action was abandoned'],
    });
    expect(JSON.stringify(entries)).not.toContain('0e5e651b');
  });

  it('has the heartbeats that were sent, and none that was caught', async () => {
    const exited = { type: 'TaskStateExited' as const, stateExitedEventDetails: { name: 'SendHeartbeat' } };
    states
      .on(GetExecutionHistoryCommand, {
        executionArn: `${STATE_MACHINE_ARN.replace('stateMachine', 'execution')}:${executionNameFor(LAUNCH.request)}`,
      })
      .resolves({
        events: [
          { id: 1, type: 'TaskSucceeded', timestamp: new Date('2026-05-04T12:04:50Z') },
          { ...exited, id: 2, previousEventId: 1, timestamp: new Date('2026-05-04T12:04:50Z') },
          { id: 3, type: 'TaskFailed', timestamp: new Date('2026-05-04T12:09:50Z') },
          { ...exited, id: 4, previousEventId: 3, timestamp: new Date('2026-05-04T12:09:50Z') },
        ],
      });

    const { entries = [] } = await call({ subject: LAUNCH.instanceId });

    const beats = entries.filter(({ text }) => text.includes('heartbeat'));
    expect(beats).toMatchObject([{ at: '2026-05-04T12:04:50.000Z', deploymentId: LAUNCH.deploymentId }]);
  });

  it('is told without executions that Step Functions has forgotten', async () => {
    const gone = new ExecutionDoesNotExist({ message: 'gone', $metadata: {} });
    states.on(GetExecutionHistoryCommand).rejects(gone);

    expect((await call({ subject: LAUNCH.instanceId })).texts.length).toBeGreaterThan(0);
  });

  it.each([
    [{ subject: 'i-unknown' }, 'InstanceDoesNotExistException'],
    [{ subject: 'd-UNKNOWN01' }, 'DeploymentDoesNotExistException'],
    [{}, 'InstanceIdRequiredException'],
  ])('is refused for %j with %s', async (input, error) => {
    expect((await call(input))['__type']).toBe(error);
  });
});

it('tells the story of a deployment alone when asked for that', async () => {
  const { texts } = await call({ subject: LAUNCH.deploymentId });

  expect(texts.filter((text) => text.startsWith('opens'))).toHaveLength(1);
});
