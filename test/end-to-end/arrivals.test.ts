import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploymentIdFor } from '../../core/identifiers.ts';
import { synthesizeBareFleet } from './bare-fleet.ts';
import { Cloud } from './cloud.ts';
import { Fleet } from './fleet.ts';
import { intercept } from './intercept.ts';
import { until } from './until.ts';

const CONSUMER_LOG = '/slipway/hook-consumer';
/** Nobody can read the one, and the other has our mark without our form. */
const MALFORMED = [
  'no JSON',
  JSON.stringify({
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    EC2InstanceId: 'i-0badc0de',
    NotificationMetadata: '{"slipway":"web"}',
  }),
];

describe.concurrent('what arrives on the lifecycle queue', { timeout: 60_000 }, () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open({ speed: 160 });
    for (const body of MALFORMED) await cloud.post(body); // they come back ten times, three minutes apart
  });
  afterAll(() => cloud.close());

  const executionsFor = async (instanceId: string): Promise<string[]> => {
    const executions = await cloud.executions.all();
    return executions.filter(({ name }) => name.includes(instanceId)).map(({ name }) => name);
  };

  it('a test notification for each hook of a new group: noted, and nothing is started', async () => {
    const fleet = Fleet.ofTheExample(cloud);
    const instances = [await fleet.launched(0), await fleet.launched(1)];
    for (const instanceId of instances) await cloud.deployment('launch', instanceId);

    const notes = await cloud.logLines(CONSUMER_LOG, 'test notification', fleet.name);

    expect(notes.length).toBeGreaterThanOrEqual(2); // SQS delivers at least once
    for (const instanceId of instances) {
      // On a machine that is busy, health checks may let an instance go again, which is another matter.
      const launches = (await executionsFor(instanceId)).filter((name) => name.startsWith('launch-'));
      expect(launches).toHaveLength(1);
    }
  });

  it('a notice of somebody else’s hook: let go, and its action is left to them', async () => {
    const fleet = await Fleet.launch(cloud, 'foreign', {
      hooks: ({ LifecycleHookName, ...hook }) =>
        LifecycleHookName === 'slipway-launch'
          ? { ...hook, LifecycleHookName: 'warm-up', NotificationMetadata: 'wait for the cache, please' }
          : undefined,
    });
    const instanceId = await fleet.launched();
    const before = (await cloud.logLines(CONSUMER_LOG, 'message is not for the engine')).length;

    await fleet.action(instanceId, 'warm-up');
    await until('the engine sees the notice', async () => {
      const lines = await cloud.logLines(CONSUMER_LOG, 'message is not for the engine');
      return lines.length > before;
    });
    await fleet.reaches('Pending:Wait', instanceId);
    await fleet.complete('warm-up', instanceId, 'CONTINUE');
    await fleet.reaches('InService', instanceId);

    expect(await executionsFor(instanceId)).toEqual([]);
    expect((await fleet.action(instanceId, 'warm-up')).completions).toHaveLength(1);
  });

  it('the same notice three times, once late: one execution, and the action is completed once', async () => {
    const { hooks, notice } = await intercept(cloud, 'seen-twice');
    const fleet = await Fleet.launch(cloud, 'seen-twice', { hooks });
    const instanceId = await fleet.launched();
    const launchNotice = await notice('EC2_INSTANCE_LAUNCHING');
    const { token } = await fleet.action(instanceId, 'slipway-launch');
    const admissions = (count: number) =>
      until(`${count} admissions of the same notice`, async () => {
        const lines = await cloud.logLines(CONSUMER_LOG, 'lifecycle action admitted', deploymentIdFor(token));
        return lines.length >= count;
      });

    await Promise.all([cloud.post(launchNotice), cloud.post(launchNotice)]);
    await cloud.deployment('launch', instanceId);
    await cloud.post(launchNotice);
    await admissions(3);

    expect(await executionsFor(instanceId)).toHaveLength(1);
    const { completions } = await fleet.action(instanceId, 'slipway-launch');
    expect(completions).toMatchObject([{ result: 'CONTINUE', cause: 'CompleteLifecycleAction' }]);
  });

  it('a termination before the launch of the same instance: both are answered, and nothing is deployed', async () => {
    const { hooks, notice } = await intercept(cloud, 'out-of-order');
    const fleet = await Fleet.launch(cloud, 'out-of-order', { hooks });
    const instanceId = await fleet.launched();
    const launchNotice = await notice('EC2_INSTANCE_LAUNCHING');
    await fleet.terminate(instanceId);

    await cloud.post(await notice('EC2_INSTANCE_TERMINATING'));
    const termination = await cloud.deployment('termination', instanceId);
    await cloud.post(launchNotice);
    const launch = await cloud.deployment('launch', instanceId);

    expect(termination).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE' });
    expect(launch).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'ABANDON' });
    expect(launch.reason).toContain('already being terminated');
    await fleet.endedAction(instanceId, 'slipway-launch');
    await fleet.endedAction(instanceId, 'slipway-termination');
    await fleet.reaches('Terminated', instanceId);
  });

  it('a termination while the launch is under way: the launch gives way, and no action is left open', async () => {
    const fleet = await Fleet.launch(cloud, 'changed-mind', { hosts: () => 'silent' });
    const instanceId = await fleet.launched();
    const { token } = await fleet.action(instanceId, 'slipway-launch');
    const record = () => cloud.record(instanceId, token);
    await until('the launch deployment begins', async () => (await record())?.status === 'InProgress');

    await fleet.terminate(instanceId);
    const launch = await cloud.deployment('launch', instanceId);
    const termination = await cloud.deployment('termination', instanceId);

    // Superseded by the termination; on a busy machine, a heartbeat may find the action gone before that.
    expect(launch.status).toBe('Stopped');
    expect(launch.lifecycleActionResult).not.toBe('CONTINUE');
    expect(termination).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE' });
    await fleet.endedAction(instanceId, 'slipway-launch');
    await fleet.endedAction(instanceId, 'slipway-termination');
    await fleet.reaches('Terminated', instanceId);
  });

  it('a launch in a group that declares no revision: into service as it is, and the record says so', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'slipway-bare-fleet-'));
    synthesizeBareFleet(directory);
    await cloud.rehearsal.deploy(directory);
    const fleet = new Fleet(cloud, cloud.rehearsal.outputs('BareFleet')['AutoScalingGroupName'] ?? '');

    const launch = await cloud.deployment('launch', await fleet.launched());

    expect(launch).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE' });
    expect(launch.reason).toContain('The deployment group bare/bare-fleet declares no revision');
    await fleet.reaches('InService', launch.instanceId);
    await rm(directory, { recursive: true });
  });

  it('a launch for a deployment group that nobody registered: abandoned at once, with the remedy', async () => {
    const unknown = { applicationName: 'web', deploymentGroupName: 'forgotten' };
    const NotificationMetadata = JSON.stringify({ slipway: { deploymentGroups: [unknown] } });
    const fleet = await Fleet.launch(cloud, 'unknown', { hooks: (hook) => ({ ...hook, NotificationMetadata }) });

    const launch = await cloud.deployment('launch', await fleet.launched());
    await fleet.resize(0); // or its replacements are abandoned one after the other
    const termination = await cloud.deployment('termination', launch.instanceId);

    expect(launch).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect(launch.reason).toContain('web/forgotten is not registered: deploy the stack that declares it');
    expect(termination).toMatchObject({ status: 'Failed', lifecycleActionResult: 'CONTINUE' });
    await fleet.reaches('Terminated', launch.instanceId);
  });

  it('what nobody can read: put aside after ten attempts, and an alarm goes off', async () => {
    const deadLetters = await cloud.resource('SlipwayEngine', /DeadLetters[0-9A-F]{8}$/);
    const queueName = deadLetters.slice(deadLetters.lastIndexOf('/') + 1);

    const alarm = await until('the alarm of the dead-letter queue', async () => {
      const { MetricAlarms: alarms = [] } = await cloud.cloudWatch.send(
        new DescribeAlarmsCommand({ StateValue: 'ALARM' }),
      );
      return alarms.find(({ Dimensions = [] }) => Dimensions.some(({ Value }) => Value === queueName));
    });

    expect(alarm.AlarmDescription).toContain('Lifecycle actions could not be admitted');
    const dead = new Set<string>(); // one that was received before may come again
    await until('both dead letters', async () => {
      for (const body of await cloud.receive(await cloud.queueUrl(queueName))) dead.add(body);
      return dead.size >= MALFORMED.length;
    });
    expect([...dead].sort()).toEqual([...MALFORMED].sort());
  });
});
