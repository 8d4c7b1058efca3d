import {
  CompleteLifecycleActionCommand,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../rehearsal/journal.ts';
import { aHook, QUEUE_ARN, ROLE_ARN, startFleet, type Fleet } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.close());

const web = { AutoScalingGroupName: 'web', LifecycleHookName: 'launch' };
const actionEntries = () =>
  fleet.test.ground.journal.entries.filter(
    (entry): entry is JournalEntry & { kind: 'lifecycleAction' } => entry.kind === 'lifecycleAction',
  );

describe('An action that nobody completes', () => {
  it.each(['CONTINUE', 'ABANDON'] as const)(
    'takes its default result %s one timeout after the last beat',
    async (DefaultResult) => {
      await fleet.createGroup({ LifecycleHookSpecificationList: [aHook({ HeartbeatTimeout: 120, DefaultResult })] });
      const { LifecycleActionToken } = await fleet.until(() => fleet.messages()[0]);

      await fleet.autoScaling.send(new RecordLifecycleActionHeartbeatCommand({ ...web, LifecycleActionToken }));
      const end = await fleet.until(() => actionEntries().find(({ event }) => event === 'completed'));

      const beat = actionEntries().find(({ event }) => event === 'heartbeat');
      expect(end).toMatchObject({ result: DefaultResult, cause: 'HeartbeatTimeout', token: LifecycleActionToken });
      expect(end.at - (beat?.at ?? 0)).toBeGreaterThan(119_000); // timers are early by a few milliseconds of the wall, 200 times that here
    },
  );
});

describe('An action whose notice cannot be sent', () => {
  it('takes its default result at once, and EventBridge still hears of it', async () => {
    await fleet.createGroup({
      LifecycleHookSpecificationList: [aHook({ DefaultResult: 'CONTINUE', HeartbeatTimeout: 7200 })],
    });
    fleet.refuse('SendMessage');

    const end = await fleet.until(() => actionEntries().find(({ event }) => event === 'completed'));

    expect(end).toMatchObject({ result: 'CONTINUE', cause: 'NotificationFailed' });
    expect(fleet.test.emitted[0]).toMatchObject({
      source: 'aws.autoscaling',
      'detail-type': 'EC2 Instance-launch Lifecycle Action',
      detail: { LifecycleHookName: 'launch', Origin: 'EC2', Destination: 'AutoScalingGroup' },
    });
  });
});

describe('A late or unknown caller', () => {
  it('is told that no action is active, in the words that clients match on', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook()] });
    const { LifecycleActionToken, EC2InstanceId } = await fleet.until(() => fleet.messages()[0]);
    const complete = () =>
      fleet.autoScaling.send(
        new CompleteLifecycleActionCommand({ ...web, LifecycleActionToken, LifecycleActionResult: 'CONTINUE' }),
      );
    const beat = (identity: object) =>
      fleet.autoScaling.send(new RecordLifecycleActionHeartbeatCommand({ ...web, ...identity }));

    await complete();

    const byToken = {
      name: 'ValidationError',
      message: `No active Lifecycle Action found with token ${LifecycleActionToken}`,
    };
    await expect(complete()).rejects.toMatchObject({ ...byToken, $metadata: { httpStatusCode: 400 } });
    await expect(beat({ LifecycleActionToken })).rejects.toMatchObject(byToken);
    await expect(beat({ InstanceId: EC2InstanceId })).rejects.toMatchObject({
      message: `No active Lifecycle Action found with instance ID ${EC2InstanceId}`,
    });
  });
});

describe('PutLifecycleHook', () => {
  const put = (overrides: object) => fleet.autoScaling.send(new PutLifecycleHookCommand({ ...web, ...overrides }));
  const hooks = async () =>
    (await fleet.autoScaling.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName: 'web' }))).LifecycleHooks;

  it('publishes a test message, and merges later changes', async () => {
    await fleet.createGroup({ DesiredCapacity: '0' });

    await put({
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      NotificationTargetARN: QUEUE_ARN,
      RoleARN: ROLE_ARN,
    });
    await put({ HeartbeatTimeout: 900 });

    expect(fleet.bodies.map((body) => Object.keys(JSON.parse(body) as object))).toEqual([
      ['AccountId', 'RequestId', 'AutoScalingGroupARN', 'AutoScalingGroupName', 'Service', 'Event', 'Time'],
    ]);
    expect(await hooks()).toEqual([
      {
        ...web,
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        NotificationTargetARN: QUEUE_ARN,
        RoleARN: ROLE_ARN,
        HeartbeatTimeout: 900,
        GlobalTimeout: 90_000,
        DefaultResult: 'ABANDON',
      },
    ]);
  });

  it.each(['GetQueueUrl', 'SendMessage'] as const)('creates nothing when the role may not %s', async (operation) => {
    await fleet.createGroup({ DesiredCapacity: '0' });
    fleet.refuse(operation);

    const attempt = put({
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      NotificationTargetARN: QUEUE_ARN,
      RoleARN: ROLE_ARN,
    });

    await expect(attempt).rejects.toThrow(/^Unable to publish test message to notification target/);
    expect(await hooks()).toEqual([]);
  });
});
