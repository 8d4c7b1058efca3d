import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cloud } from './cloud.ts';
import { Fleet } from './fleet.ts';
import { crashFunction } from './function-crash.ts';
import { HostVoice } from './host-voice.ts';
import { allLogLines, lifecycleActionTokens, metric, PLATFORM_LINE, taskTokens } from './observability.ts';
import { withTimeLimit } from './time-limit.ts';
import { until } from './until.ts';

const SPEED = 80;
const FIVE_MINUTES_MS = 300_000;
/** Work takes wall time while rehearsed time runs on: two seconds of it, on a machine that has much else to do. */
const WORK_MS = 2000 * SPEED;

describe('what goes wrong on the way', { timeout: 60_000 }, () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open({ speed: SPEED });
  });
  afterAll(() => cloud.close());

  const executionOf = (type: string, instanceId: string): Promise<string> =>
    until(`a ${type} execution for ${instanceId}`, async () => {
      const stateMachineArn = cloud.engine('StateMachineArn');
      const { executions = [] } = await cloud.states.send(new ListExecutionsCommand({ stateMachineArn }));
      return executions.find(({ name = '' }) => name.startsWith(`${type}-${instanceId}-`))?.executionArn;
    });
  /** The host's command once the engine has put it into its mailbox. */
  const firstCommand = (voice: HostVoice) => until('a command for the host', () => voice.poll());
  /** Waits for the record's verdict on an execution that cannot tell it itself. */
  const verdict = (instanceId: string, token: string) =>
    until('a verdict in the record', async () => (await cloud.record(instanceId, token))?.settlement);

  describe.concurrent('with one instance', () => {
    it('a slow host is kept by heartbeats five minutes apart, and completion waits for none', async () => {
      const fleet = await Fleet.launch(cloud, 'slow', { hosts: () => 'silent' });
      const instanceId = await fleet.launched();
      const { startedAt } = await fleet.action(instanceId, 'slipway-launch');
      const [first = 0, second = 0] = await until('two heartbeats', async () => {
        const { heartbeatsAt } = await fleet.action(instanceId, 'slipway-launch');
        return heartbeatsAt.length >= 2 && heartbeatsAt;
      });

      const voice = new HostVoice(cloud, instanceId);
      for (let command = await voice.poll(); command;) command = await voice.succeed(command);
      const { completions } = await fleet.endedAction(instanceId, 'slipway-launch');
      const launch = await cloud.deployment('launch', instanceId);

      expect(first - startedAt).toBeLessThan(FIVE_MINUTES_MS + WORK_MS);
      expect(Math.abs(second - first - FIVE_MINUTES_MS)).toBeLessThan(WORK_MS);
      expect(launch).toMatchObject({ status: 'Succeeded', lifecycleActionResult: 'CONTINUE' });
      const reportedAt = Date.parse(launch.lifecycleEvents.at(-1)?.endTime ?? '');
      expect((completions[0]?.at ?? 0) - reportedAt).toBeLessThan(WORK_MS);
    });

    it.each([
      { result: 'CONTINUE', state: 'InService' },
      { result: 'ABANDON', state: 'Terminated' },
    ] as const)(
      'an action that an operator ends with $result is found gone at the next heartbeat',
      async ({ result, state }) => {
        const fleet = await Fleet.launch(cloud, `ended-with-${result}`, {
          hosts: (_, nth) => (nth === 0 ? 'silent' : 'succeed'),
          hooks: (hook) => (hook.LifecycleHookName === 'slipway-launch' ? hook : undefined),
        });
        const instanceId = await fleet.launched();
        const voice = new HostVoice(cloud, instanceId);
        const command = await firstCommand(voice);

        await fleet.complete('slipway-launch', instanceId, result);
        const launch = await cloud.deployment('launch', instanceId);

        expect(launch).toMatchObject({ status: 'Stopped', lifecycleActionResult: null });
        expect(launch.reason).toContain('Auto Scaling has ended the lifecycle action of slipway-launch');
        expect(launch.lifecycleEvents[0]).toMatchObject({ lifecycleEventName: 'ApplicationStop', status: 'Unknown' });
        expect(await voice.poll()).toBeUndefined();
        expect(await voice.succeed(command)).toBeUndefined();
        const { completions } = await fleet.action(instanceId, 'slipway-launch');
        expect(completions).toMatchObject([{ result }]);
        await fleet.reaches(state, instanceId);
      },
    );

    it('a launch whose execution is stopped by hand is abandoned and replaced', async () => {
      const fleet = await Fleet.launch(cloud, 'stopped-launch', {
        hosts: (_, nth) => (nth === 0 ? 'silent' : 'succeed'),
      });
      const instanceId = await fleet.launched();
      await firstCommand(new HostVoice(cloud, instanceId));

      await cloud.states.send(new StopExecutionCommand({ executionArn: await executionOf('launch', instanceId) }));
      const { token, completions } = await fleet.endedAction(instanceId, 'slipway-launch');

      expect(completions).toMatchObject([{ result: 'ABANDON', cause: 'CompleteLifecycleAction' }]);
      expect(await verdict(instanceId, token)).toMatchObject({
        status: 'Failed',
        reason: 'The execution was aborted from outside',
      });
      await fleet.reaches('InService', await fleet.launched(1));
      await fleet.reaches('Terminated', instanceId);
    });

    it('a termination whose execution is stopped by hand goes on all the same', async () => {
      const fleet = await Fleet.launch(cloud, 'stopped-termination', {
        hosts: (event) => (event === 'BeforeBlockTraffic' ? 'silent' : 'succeed'),
      });
      const instanceId = await fleet.launched();
      await fleet.reaches('InService', instanceId);
      await fleet.terminate(instanceId);

      await cloud.states.send(new StopExecutionCommand({ executionArn: await executionOf('termination', instanceId) }));
      const { token, completions } = await fleet.endedAction(instanceId, 'slipway-termination');

      expect(completions).toMatchObject([{ result: 'CONTINUE', cause: 'CompleteLifecycleAction' }]);
      expect(await verdict(instanceId, token)).toMatchObject({
        status: 'Failed',
        reason: 'The execution was aborted from outside',
      });
      await fleet.reaches('Terminated', instanceId);
    });

    it('an instance that was abandoned leaves at once: there is nothing on it to stop', async () => {
      const fleet = await Fleet.launch(cloud, 'failed', {
        hosts: (event, nth) => (event === 'ApplicationStart' && nth === 0 ? 'fail' : 'succeed'),
      });
      const instanceId = await fleet.launched();

      const launch = await cloud.deployment('launch', instanceId);
      const { startedAt, completions } = await fleet.endedAction(instanceId, 'slipway-termination');
      const termination = await cloud.deployment('termination', instanceId);

      expect(launch).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
      expect(launch.reason).toContain('ApplicationStart failed: Script at specified location');
      expect(termination).toMatchObject({ status: 'Skipped', lifecycleEvents: [] });
      expect(completions).toMatchObject([{ result: 'CONTINUE', cause: 'CompleteLifecycleAction' }]);
      expect((completions[0]?.at ?? 0) - startedAt).toBeLessThan(WORK_MS);
      await fleet.reaches('InService', await fleet.launched(1));
    });
  });

  it('executions that reach their time limit are settled: the launch abandoned, the termination continued', async () => {
    const leaving = await Fleet.launch(cloud, 'late-termination', {
      hosts: (event) => (event === 'BeforeBlockTraffic' ? 'silent' : 'succeed'),
    });
    const leavingId = await leaving.launched();
    await leaving.reaches('InService', leavingId);

    await withTimeLimit(cloud, 90, async () => {
      const launching = await Fleet.launch(cloud, 'late-launch', { hosts: () => 'silent' });
      await leaving.terminate(leavingId);
      const launchingId = await launching.launched();
      const launch = await launching.endedAction(launchingId, 'slipway-launch');
      await launching.resize(0);
      const termination = await leaving.endedAction(leavingId, 'slipway-termination');

      expect(launch.completions).toMatchObject([{ result: 'ABANDON', cause: 'CompleteLifecycleAction' }]);
      expect(termination.completions).toMatchObject([{ result: 'CONTINUE', cause: 'CompleteLifecycleAction' }]);
      const late = { status: 'Failed', reason: 'The execution reached its time limit' };
      expect(await verdict(launchingId, launch.token)).toMatchObject(late);
      expect(await verdict(leavingId, termination.token)).toMatchObject(late);
    });
  });

  it('a function that is killed at its work is run again, and the deployment ends right', async () => {
    const crashes = () =>
      cloud.rehearsal.journal.entries.filter(
        (entry) => entry.kind === 'invocation' && entry.error?.startsWith('Runtime.ExitError'),
      ).length;
    const stopCrashing = await crashFunction(cloud, 'Orchestrator');
    const fleet = await Fleet.launch(cloud, 'crashing');
    const instanceId = await fleet.launched();

    const launch = await cloud.deployment('launch', instanceId);
    stopCrashing();

    expect(crashes()).toBeGreaterThanOrEqual(3);
    expect(launch).toMatchObject({ status: 'Succeeded', lifecycleActionResult: 'CONTINUE' });
    await fleet.reaches('InService', instanceId);
  });

  describe('and what it tells of it', () => {
    it('metrics count what happened', async () => {
      const beats = cloud.rehearsal.journal.entries.filter(
        (entry) => entry.kind === 'lifecycleAction' && entry.event === 'heartbeat',
      ).length;

      const { Metrics: metrics = [] } = await cloud.cloudWatch.send(new ListMetricsCommand({ Namespace: 'Slipway' }));

      expect(metrics.map(({ MetricName }) => MetricName)).toEqual(
        expect.arrayContaining(['DeploymentsStarted', 'SecondsFromNoticeToFirstCommand']),
      );
      expect(await metric(cloud, 'DeploymentsStarted')).toBeGreaterThanOrEqual(12);
      expect(await metric(cloud, 'DeploymentsSucceeded')).toBeGreaterThanOrEqual(8);
      expect(await metric(cloud, 'DeploymentsFailed')).toBeGreaterThanOrEqual(5);
      expect(await metric(cloud, 'ExecutionsDied')).toBeGreaterThanOrEqual(4);
      expect(await metric(cloud, 'LifecycleActionsGone')).toBeGreaterThanOrEqual(2);
      expect(await metric(cloud, 'HeartbeatsSent')).toBe(beats);
      expect(await metric(cloud, 'SecondsFromNoticeToFirstCommand', 'Maximum')).toBeGreaterThan(0);
    });

    it('logs are JSON, and hold no token and no credentials', async () => {
      const tokens = [...(await taskTokens(cloud)), ...lifecycleActionTokens(cloud)];

      const lines = await allLogLines(cloud);

      const text = lines.join('\n');
      expect(text).toContain('lifecycle action completed');
      expect(lines.filter((line) => !PLATFORM_LINE.test(line) && !isJson(line))).toEqual([]);
      expect(tokens.length).toBeGreaterThan(lifecycleActionTokens(cloud).length);
      expect(tokens.filter((token) => text.includes(token))).toEqual([]);
      expect(text).not.toContain('ASIA'); // how temporary access keys begin
    });

    const isJson = (line: string): boolean => {
      try {
        return JSON.parse(line) instanceof Object;
      } catch {
        return false;
      }
    };
  });
});
