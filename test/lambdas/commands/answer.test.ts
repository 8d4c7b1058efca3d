import { beforeEach, describe, expect, it } from 'vitest';

import type { HostCommand } from '../../../core/command-protocol.ts';
import type { GenericEnvelope } from '../../../core/deployment-specification.ts';
import { decodeHostCommandIdentifier, encodeHostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import { planFor } from '../../../core/plan.ts';
import { targetIdOf } from '../../../core/target-request.ts';
import { answer } from '../../../lambdas/commands/answer.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import { anAgentCall, HOST_ARN } from '../doubles/agent-call.ts';
import { aDeploymentGroup, aLaunch, aTermination, DECLARED_BY } from '../doubles/builders.ts';
import { recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const launch = aLaunch();
const SUCCESS = { Format: 'JSON', Payload: '{"error_code":0,"script_name":"","message":"Succeeded: ","log":""}' };
const AWS_AGENT = { agentVersion: 'OFFICIAL_1.8.1-8_rpm' };

let engine: RecordedEngine;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
});

/** Opens the launch deployment and places its leg. */
const launching = async (group = {}) => {
  await engine.deploymentGroups.declare(aDeploymentGroup(group), DECLARED_BY);
  await carryOut({ step: 'openDeployment', request: launch }, engine);
  const [leg] = planFor('launch');
  const request = { request: launch, legNumber: 1, events: leg?.events ?? [], taskToken: 'leg', attempt: 0 };
  await carryOut({ step: 'runEvents', ...request }, engine);
};

interface Body {
  readonly __type?: string;
  readonly message?: string;
  readonly HostCommand?: HostCommand;
  readonly CommandStatus?: string;
  readonly DeploymentSpecification?: { readonly GenericEnvelope: GenericEnvelope };
  readonly Slipway?: {
    readonly PollAfterSeconds: number;
    readonly HostCommand?: HostCommand | null;
    readonly RemainingEvents?: readonly string[];
    readonly DeploymentSpecification?: object;
  };
}

const call = async (operation: string, input: unknown, by: Parameters<typeof anAgentCall>[2] = {}) => {
  const { statusCode, body } = (await answer(anAgentCall(operation, input, by), engine)) as {
    statusCode: number;
    body: string;
  };
  return { statusCode, body: JSON.parse(body) as Body };
};
const poll = async (by?: Parameters<typeof anAgentCall>[2]) =>
  (await call('PollHostCommand', { HostIdentifier: HOST_ARN }, by)).body;
const report = async (command: HostCommand | null | undefined, members: object = {}, by = {}) =>
  call(
    'PutHostCommandComplete',
    {
      HostCommandIdentifier: command?.HostCommandIdentifier,
      CommandStatus: 'Succeeded',
      Diagnostics: SUCCESS,
      ...members,
    },
    by,
  );

describe('an idle host', () => {
  it('is told when to ask again', async () => {
    const resting = await call('PollHostCommand', { HostIdentifier: HOST_ARN });
    const young = await call('PollHostCommand', { HostIdentifier: HOST_ARN, Slipway: { UptimeSeconds: 30 } });

    expect(resting.body).toEqual({ Slipway: { PollAfterSeconds: 15 } });
    expect(young.body).toEqual({ Slipway: { PollAfterSeconds: 2 } });
  });

  it('is kept from being forgotten, once a month', async () => {
    await engine.hosts.keep(launch.instanceId);
    await launching();
    const before = (await engine.hosts.byId(launch.instanceId))?.expiresAt ?? 0;
    engine.advance(29 * 24 * 3600);
    await poll();
    const soon = (await engine.hosts.byId(launch.instanceId))?.expiresAt;
    engine.advance(2 * 24 * 3600);
    await poll();

    expect(soon).toBe(before);
    expect((await engine.hosts.byId(launch.instanceId))?.expiresAt).toBeGreaterThan(before);
  });
});

describe('a host with a leg', () => {
  beforeEach(() => launching());

  it('is given its first command with all it needs to run it', async () => {
    const { HostCommand, Slipway } = await poll();

    expect(HostCommand).toMatchObject({
      HostIdentifier: HOST_ARN,
      CommandName: 'ApplicationStop',
      DeploymentExecutionId: expect.stringMatching(/^Slipway\/us-east-1\/prod\/111122223333:d-[A-Z0-9]{9}$/),
    });
    expect(Slipway?.RemainingEvents).toHaveLength(8);
    expect(Slipway?.DeploymentSpecification).toMatchObject({ GenericEnvelope: { Format: 'TEXT/JSON' } });
    expect(engine.telemetry.measures).toEqual({ SecondsFromNoticeToFirstCommand: 2 });
  });

  it('is given the next command in the answer to its report', async () => {
    const { HostCommand } = await poll();

    const { body } = await report(HostCommand);

    expect(body.Slipway?.HostCommand?.CommandName).toBe('DownloadBundle');
    expect(body.Slipway?.RemainingEvents?.[0]).toBe('BeforeInstall');
  });

  it('gets the same answer to the same report: the first may have been lost', async () => {
    const { HostCommand } = await poll();

    const first = await report(HostCommand);
    const second = await report(HostCommand, { CommandStatus: 'Failed' });

    expect(second).toEqual(first);
  });

  it('runs through the leg without another poll, and wakes the deploy lane at its end', async () => {
    let { HostCommand: command } = (await poll()) as { HostCommand?: HostCommand | null | undefined };
    const run: string[] = [];
    while (command) {
      run.push(command.CommandName);
      expect(engine.taskTokens.answers.size).toBe(0);
      command = (await report(command)).body.Slipway?.HostCommand;
    }

    expect(run).toEqual(planFor('launch')[0]?.events);
    expect([...engine.taskTokens.answers]).toEqual([['leg', { status: 'Succeeded' }]]);
  });

  it('wakes the deploy lane at the first failure', async () => {
    const { HostCommand } = await poll();
    const Payload = '{"error_code":4,"script_name":"stop.sh","message":"exit code 1","log":"oh no"}';

    const { body } = await report(HostCommand, { CommandStatus: 'Failed', Diagnostics: { Format: 'JSON', Payload } });

    expect(body.Slipway?.HostCommand).toBeNull();
    expect([...engine.taskTokens.answers]).toEqual([['leg', { status: 'Failed' }]]);
  });

  it('skips events without a script in one report', async () => {
    const { HostCommand } = await poll();
    const download = (await report(HostCommand)).body.Slipway?.HostCommand;

    const { body } = await report(download, { Slipway: { NoopEvents: ['BeforeInstall'] } });

    expect(body.Slipway?.HostCommand?.CommandName).toBe('Install');
  });

  it('is given nothing any more once the work was stopped', async () => {
    const { HostCommand } = await poll();
    await carryOut({ step: 'stopTheWork', request: launch, error: { Error: 'LifecycleActionGone' } }, engine);

    const { statusCode, body } = await report(HostCommand);

    expect(statusCode).toBe(200);
    expect(body.Slipway?.HostCommand).toBeNull();
    expect((await poll()).HostCommand).toBeUndefined();
  });

  it('does not answer the wait for the next leg with the end of the one before', async () => {
    await launching();
    const { HostCommand: command } = await poll();
    await report(command, { CommandStatus: 'Failed' });
    const wait = { legNumber: 2, attempt: 0, taskToken: 'next leg', lifecycleEvents: [] };
    await engine.targets.awaitLeg(targetIdOf(launch), wait);

    await poll();
    await report(command, { CommandStatus: 'Failed' });

    expect(engine.taskTokens.answers.has('next leg')).toBe(false);
  });

  it('makes good by a poll that nobody woke the deploy lane', async () => {
    const { HostCommand } = await poll();
    const answering = engine.taskTokens.answer;
    engine.taskTokens.answer = () => Promise.reject(new Error('crashed'));
    const crashed = await report(HostCommand, { CommandStatus: 'Failed' });
    engine.taskTokens.answer = answering;

    await poll();

    expect(crashed.statusCode).toBe(500);
    expect([...engine.taskTokens.answers]).toEqual([['leg', { status: 'Failed' }]]);
  });
});

describe('AWS’s own agent', () => {
  beforeEach(() => launching());

  it('acknowledges, reports, and polls for the next command', async () => {
    const { HostCommand: stop } = await poll(AWS_AGENT);
    const HostCommandIdentifier = stop?.HostCommandIdentifier;
    const acknowledged = await call('PutHostCommandAcknowledgement', { HostCommandIdentifier }, AWS_AGENT);
    const whileRunning = await poll(AWS_AGENT);
    const reported = await report(stop, {}, AWS_AGENT);
    const next = await poll(AWS_AGENT);

    expect(acknowledged.body).toEqual({ CommandStatus: 'InProgress' });
    expect(whileRunning.HostCommand).toBeUndefined();
    expect(reported.body).toEqual({});
    expect(next.HostCommand?.CommandName).toBe('DownloadBundle');
  });

  it('asks for the specification by itself, and is given it signed', async () => {
    const { HostCommand, Slipway } = await poll(AWS_AGENT);
    const input = { DeploymentExecutionId: HostCommand?.DeploymentExecutionId, HostIdentifier: HOST_ARN };

    const { body } = await call('GetDeploymentSpecification', input, AWS_AGENT);

    expect(Slipway?.DeploymentSpecification).toBeUndefined();
    expect(body).toMatchObject({
      DeploymentSystem: 'CodeDeploy',
      DeploymentSpecification: {
        GenericEnvelope: { Format: 'PKCS7/JSON', Payload: expect.stringMatching(/^-----BEGIN PKCS7-----\n/) },
      },
    });
  });

  it('is told from ours by the name it gives itself, which may be none', async () => {
    const { HostCommand } = await poll(AWS_AGENT);
    const input = { DeploymentExecutionId: HostCommand?.DeploymentExecutionId, HostIdentifier: HOST_ARN };

    const unknown = await call('GetDeploymentSpecification', input, { agentVersion: 'UNKNOWN_VERSION' });
    const ours = await call('GetDeploymentSpecification', input, { agentVersion: 'SLIPWAY_0.1.0' });

    expect(unknown.body.DeploymentSpecification?.GenericEnvelope.Format).toBe('PKCS7/JSON');
    expect(ours.body.DeploymentSpecification?.GenericEnvelope.Format).toBe('TEXT/JSON');
  });

  it('is heard of by its polls while it works, once it has acknowledged', async () => {
    const { HostCommand } = await poll(AWS_AGENT);
    await poll(AWS_AGENT);
    const before = await engine.table.legOf(launch.instanceId);
    const { HostCommandIdentifier } = HostCommand ?? {};
    await call('PutHostCommandAcknowledgement', { HostCommandIdentifier }, AWS_AGENT);

    await poll(AWS_AGENT);

    const after = await engine.table.legOf(launch.instanceId);
    expect([before?.handedOut?.heardAtMs, after?.handedOut?.heardAtMs]).toEqual([undefined, engine.clock()]);
  });

  it('may report twice: the first report stays', async () => {
    const { HostCommand } = await poll(AWS_AGENT);
    await report(HostCommand, { CommandStatus: 'Failed' }, AWS_AGENT);

    const { statusCode } = await report(HostCommand, {}, AWS_AGENT);

    expect(statusCode).toBe(200);
    expect([...engine.taskTokens.answers.values()]).toEqual([{ status: 'Failed' }]);
  });

  it('learns from an update whether its work is still wanted', async () => {
    const { HostCommand } = await poll(AWS_AGENT);
    const HostCommandIdentifier = HostCommand?.HostCommandIdentifier;
    const wanted = await call('PostHostCommandUpdate', { HostCommandIdentifier }, AWS_AGENT);
    await engine.mailboxes.withdraw(launch.instanceId, await aLegId());

    const withdrawn = await call('PostHostCommandUpdate', { HostCommandIdentifier }, AWS_AGENT);

    expect([wanted.body, withdrawn.body]).toEqual([{ CommandStatus: 'InProgress' }, { CommandStatus: 'Failed' }]);
  });
});

const aLegId = async () => (await engine.table.legOf(launch.instanceId))?.deploymentId ?? '';

describe('calls that come twice, late or out of order', () => {
  beforeEach(() => launching());
  const acknowledge = async (command: HostCommand | undefined) =>
    (await call('PutHostCommandAcknowledgement', { HostCommandIdentifier: command?.HostCommandIdentifier }, AWS_AGENT))
      .body.CommandStatus;
  const resultsNow = async () => (await engine.table.legOf(launch.instanceId))?.results ?? [];

  it('give the command again to an agent that was restarted in the middle of a script', async () => {
    const { HostCommand: before } = await poll();

    const { HostCommand: after } = await poll();

    expect(after?.CommandName).toBe(before?.CommandName);
    expect(after?.HostCommandIdentifier).not.toBe(before?.HostCommandIdentifier);
  });

  it('let one of two agents on a host run a command, and take one report of it', async () => {
    const { HostCommand: first } = await poll(AWS_AGENT);
    engine.advance(61);
    const { HostCommand: second } = await poll(AWS_AGENT);

    const statuses = [await acknowledge(second), await acknowledge(first)];
    await report(second, {}, AWS_AGENT);
    await report(first, { CommandStatus: 'Failed' }, AWS_AGENT);

    expect(statuses).toEqual(['InProgress', 'Succeeded']); // the other drops it silently
    expect(await resultsNow()).toMatchObject([{ status: 'Succeeded' }]);
  });

  it('take a redelivered acknowledgement for the same', async () => {
    const { HostCommand } = await poll(AWS_AGENT);

    expect([await acknowledge(HostCommand), await acknowledge(HostCommand)]).toEqual(['InProgress', 'InProgress']);
  });

  it('tell an agent to drop what it acknowledges after its report', async () => {
    const { HostCommand } = await poll(AWS_AGENT);
    await report(HostCommand, {}, AWS_AGENT);

    expect(await acknowledge(HostCommand)).toBe('Succeeded');
    expect(await resultsNow()).toHaveLength(1);
  });

  it('take no report of an event whose turn has not come', async () => {
    const { HostCommand } = await poll();
    const command = decodeHostCommandIdentifier(HostCommand?.HostCommandIdentifier ?? '');
    const ahead = command && { ...command, index: 3, commandName: 'Install' };

    await call('PutHostCommandComplete', {
      HostCommandIdentifier: ahead && encodeHostCommandIdentifier(ahead),
      CommandStatus: 'Succeeded',
    });

    expect(await resultsNow()).toEqual([]);
  });

  it('end with the event that the host was at when another deployment took its place', async () => {
    const { HostCommand } = await poll();
    await carryOut({ step: 'openDeployment', request: aTermination() }, engine);
    await carryOut({ step: 'settleDeployment', request: launch, error: null }, engine);
    const meanwhile = await engine.table.legOf(launch.instanceId);

    const { statusCode, body } = await report(HostCommand);

    expect(meanwhile).toMatchObject({ results: [], endsAfter: 1 });
    expect([statusCode, body.Slipway?.HostCommand]).toEqual([200, null]);
    expect(await engine.table.legOf(launch.instanceId)).toBeUndefined();
    expect((await engine.targets.byId(targetIdOf(launch)))?.stop?.kind).toBe('Superseded');
  });
});

describe('a caller', () => {
  const stranger = { userArn: 'arn:aws:sts::111122223333:assumed-role/WebRole/i-0bad' };

  it.each([
    ['another instance', stranger],
    ['a session of another account', { userArn: 'arn:aws:sts::999999999999:assumed-role/WebRole/i-0a1b2c3d4e5f60718' }],
    ['a user', { userArn: 'arn:aws:iam::111122223333:user/i-0a1b2c3d4e5f60718' }],
    ['nobody that Lambda verified', { userArn: '' }],
  ])('may not ask for a host’s commands as %s', async (_, by) => {
    await launching();

    const { statusCode, body } = await call('PollHostCommand', { HostIdentifier: HOST_ARN }, by);

    expect(statusCode).toBe(403);
    expect(body.__type).toBe('AccessDeniedException');
    expect(engine.telemetry.counts).toContain('RefusedCalls');
  });

  it('may not report, acknowledge or look into another host’s work', async () => {
    await launching();
    const { HostCommand } = await poll();
    const HostCommandIdentifier = HostCommand?.HostCommandIdentifier;

    const refused = await Promise.all([
      report(HostCommand, {}, stranger),
      call('PutHostCommandAcknowledgement', { HostCommandIdentifier }, stranger),
      call('PostHostCommandUpdate', { HostCommandIdentifier }, stranger),
      call(
        'GetDeploymentSpecification',
        { DeploymentExecutionId: HostCommand?.DeploymentExecutionId, HostIdentifier: HOST_ARN },
        stranger,
      ),
    ]);

    expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
    expect(engine.telemetry.counts.filter((count) => count === 'RefusedCalls')).toHaveLength(4);
    expect((await engine.table.legOf(launch.instanceId))?.results).toEqual([]);
  });

  it('must use the role that its deployment group declares', async () => {
    await launching({ instanceRoleArn: 'arn:aws:iam::111122223333:role/fleet/AnotherRole' });

    expect(await poll()).toMatchObject({ __type: 'AccessDeniedException' });
  });

  it('must use the role also to report', async () => {
    await launching({ instanceRoleArn: 'arn:aws:iam::111122223333:role/WebRole' });
    const { HostCommand } = await poll();
    const by = { userArn: 'arn:aws:sts::111122223333:assumed-role/AnotherRole/i-0a1b2c3d4e5f60718' };

    expect((await report(HostCommand, {}, by)).statusCode).toBe(403);
  });
});

describe('a call', () => {
  it.each([
    ['MakeCoffee', { HostIdentifier: HOST_ARN }, 'UnknownOperationException'],
    ['toString', {}, 'UnknownOperationException'],
    ['PollHostCommand', {}, 'ClientException'],
    ['PollHostCommand', 'not JSON', 'ClientException'],
    ['PollHostCommand', 'null', 'ClientException'],
  ])('to %s with %o is answered with the protocol’s error', async (operation, input, type) => {
    const { statusCode, body } = await call(operation, input);

    expect(statusCode).toBe(400);
    expect(body.__type).toBe(type);
  });

  it('that meets a bug is answered without its details', async () => {
    const broken = { ...engine, hosts: { ...engine.hosts, byId: () => Promise.reject(new Error('secret detail')) } };

    const response = await answer(anAgentCall('PollHostCommand', { HostIdentifier: HOST_ARN }), broken);

    expect(response).toMatchObject({ statusCode: 500, body: expect.stringContaining('ServerException') });
    expect(JSON.stringify(response)).not.toContain('secret detail');
  });

  it('may come in base64', async () => {
    const event = anAgentCall('PollHostCommand', { HostIdentifier: HOST_ARN });
    const body = Buffer.from(event.body ?? '').toString('base64');

    expect(await answer({ ...event, body, isBase64Encoded: true }, engine)).toMatchObject({ statusCode: 200 });
  });

  it('about a command of another service changes nothing', async () => {
    const HostCommandIdentifier = 'eyJiYXRjaElkIjoiNyJ9';

    expect((await call('PutHostCommandComplete', { HostCommandIdentifier, CommandStatus: 'Succeeded' })).body).toEqual(
      {},
    );
    expect((await call('PutHostCommandAcknowledgement', { HostCommandIdentifier })).body.CommandStatus).toBe('Failed');
    expect((await call('PostHostCommandUpdate', { HostCommandIdentifier })).body.CommandStatus).toBe('Failed');
  });
});
