import { beforeEach, describe, expect, it } from 'vitest';

import { hostSecretPath } from '../../../core/host-secret.ts';
import { planFor } from '../../../core/plan.ts';
import { answer } from '../../../lambdas/commands/answer.ts';
import { callerBySecret } from '../../../lambdas/commands-by-secret/caller-by-secret.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import { anAgentCall, HOST_ARN } from '../doubles/agent-call.ts';
import { aTarget, aDeploymentGroup, aLaunch, aTermination, DECLARED_BY } from '../doubles/builders.ts';
import { recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';
import { openedMessage } from '../doubles/opened-message.ts';

const DOOR = 'https://door.example/';
const launch = aLaunch();

let engine: RecordedEngine;
let path: string;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.deploymentGroups.declare(
    aDeploymentGroup({ instanceRoleArn: 'arn:aws:iam::111122223333:role/WebRole' }),
    DECLARED_BY,
  );
  path = (await endpoint()).pathname;
});

/** What the host is given for its agent when it asks with its own signature. */
const endpoint = async (): Promise<URL> => {
  const issued = await answer(anAgentCall('IssueHostSecret', { HostIdentifier: HOST_ARN }), {
    ...engine,
    secretDoorUrl: DOOR,
  });
  return new URL((bodyOf(issued) as { Endpoint: string }).Endpoint);
};

const bodyOf = (result: unknown): unknown => JSON.parse((result as { body: string }).body);

interface Answer {
  readonly HostCommand?: { HostCommandIdentifier: string; CommandName: string; DeploymentExecutionId: string };
  readonly CommandStatus?: string;
  readonly DeploymentSystem?: string;
  readonly DeploymentSpecification?: { GenericEnvelope: { Format: string; Payload: string } };
  readonly __type?: string;
}

/** A call as the agent sends it: its signature is for another service, and nobody looks at it. */
const call = async (operation: string, input: object, rawPath = path) => {
  const event = { ...anAgentCall(operation, input, { agentVersion: 'OFFICIAL_1.8.1-8_rpm' }), rawPath };
  const unsigned = { ...event, requestContext: {} } as unknown as typeof event;
  const result = await answer(unsigned, engine, ({ rawPath: at }) => callerBySecret(at, engine));
  return { status: (result as { statusCode: number }).statusCode, body: bodyOf(result) as Answer };
};
const poll = async () => (await call('PollHostCommand', { HostIdentifier: HOST_ARN })).body.HostCommand;

const report = (HostCommandIdentifier: string | undefined, CommandStatus: string, diagnostics: object) =>
  call('PutHostCommandComplete', {
    HostCommandIdentifier,
    CommandStatus,
    Diagnostics: { Format: 'JSON', Payload: JSON.stringify(diagnostics) },
  });

const SUCCESS = { error_code: 0, script_name: '', message: 'Succeeded: ', log: '' };

/** Everything the agent does about one command, up to its report. */
const takeOn = async () => {
  const command = await poll();
  const { DeploymentExecutionId = '', HostCommandIdentifier = '' } = command ?? {};
  const spec = await call('GetDeploymentSpecification', { DeploymentExecutionId, HostIdentifier: HOST_ARN });
  const acknowledged = await call('PutHostCommandAcknowledgement', {
    HostCommandIdentifier,
    Diagnostics: { Format: 'JSON', Payload: '{"IsCommandNoop":false}' },
  });
  return { command, spec: spec.body, acknowledged: acknowledged.body };
};

const [step] = planFor('launch');
const events = step?.events ?? [];

const launching = async () => {
  await carryOut({ step: 'openDeployment', request: launch }, engine);
  await carryOut({ step: 'runEvents', request: launch, legNumber: 1, events, taskToken: 'leg', attempt: 0 }, engine);
};

describe('AWS’s agent, let in by its host’s secret', () => {
  it('runs every lifecycle event of a launch, one poll each', async () => {
    await launching();
    const seen: (string | undefined)[] = [];
    for (let turn = 0; turn < events.length; turn++) {
      const { command, acknowledged } = await takeOn();
      expect(acknowledged).toEqual({ CommandStatus: 'InProgress' });
      expect(await poll()).toBeUndefined(); // it asks on while it works
      expect((await report(command?.HostCommandIdentifier, 'Succeeded', SUCCESS)).body).toEqual({});
      seen.push(command?.CommandName);
    }

    expect(seen).toEqual(events);
    expect([...engine.taskTokens.answers.values()]).toEqual([{ status: 'Succeeded' }]);
  });

  it('is given a specification whose signature holds', async () => {
    await launching();

    const { spec } = await takeOn();

    const { content, isGenuine } = openedMessage(spec.DeploymentSpecification?.GenericEnvelope.Payload ?? '');
    expect(spec.DeploymentSystem).toBe('CodeDeploy');
    expect(spec.DeploymentSpecification?.GenericEnvelope.Format).toBe('PKCS7/JSON');
    expect(isGenuine).toBe(true);
    expect(JSON.parse(content)).toMatchObject({ ApplicationName: 'web', Revision: { RevisionType: 'S3' } });
    expect(JSON.parse(content)).not.toHaveProperty('AllPossibleLifecycleEvents'); // which it cannot read
  });

  it('reports a failure twice, of which the first stays', async () => {
    await launching();
    const { command } = await takeOn();
    const failure = { error_code: 4, script_name: 'scripts/stop.sh', message: 'exit code 3', log: 'last words' };

    const first = await report(command?.HostCommandIdentifier, 'Failed', failure);
    const second = await report(command?.HostCommandIdentifier, 'Failed', {
      ...failure,
      error_code: 5,
      script_name: '',
      log: '',
    });

    const leg = (await engine.hosts.byId(launch.instanceId))?.leg;
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(leg?.results[0]?.diagnostics).toMatchObject({
      errorCode: 'ScriptFailed',
      scriptName: 'scripts/stop.sh',
      logTail: 'last words',
    });
  });

  it('may report without an acknowledgement', async () => {
    await launching();
    const command = await poll();

    const { status } = await report(command?.HostCommandIdentifier, 'Failed', { ...SUCCESS, error_code: 5 });

    expect(status).toBe(200);
    expect([...engine.taskTokens.answers.values()]).toEqual([{ status: 'Failed' }]);
  });
});

/** What the agent sends about one command that does not succeed, in its order; the first is what counts. */
const unknown = (message: string) => ({ error_code: 5, script_name: '', message, log: '' });
const MISHAPS = [
  {
    situation: 'a script that fails',
    acknowledges: true,
    reports: [{ error_code: 4, script_name: 'a.sh', message: 'exit code 3', log: 'no luck' }, unknown('exit code 3')],
    counts: { errorCode: 'ScriptFailed', scriptName: 'a.sh', message: 'exit code 3', logTail: 'no luck' },
  },
  {
    situation: 'another failure while executing',
    acknowledges: true,
    reports: [unknown('No space left on device'), unknown('No space left on device')],
    counts: { errorCode: 'UnknownError', message: 'No space left on device' },
  },
  {
    situation: 'a specification that it cannot use, or a call before the acknowledgement that fails',
    acknowledges: false,
    reports: [unknown('Could not parse the PKCS7')],
    counts: { errorCode: 'UnknownError', message: 'Could not parse the PKCS7' },
  },
  {
    situation: 'output that is no UTF-8',
    acknowledges: true,
    reports: [
      {
        error_code: 'Unknown',
        script_name: '',
        message: 'Attempting minimal diagnostics',
        log: 'Exception JSON::GeneratorError occured',
      },
      unknown('source sequence is illegal/malformed utf-8'),
    ],
    counts: { errorCode: 'UnknownError', message: 'Attempting minimal diagnostics' },
  },
  {
    situation: 'its own restart in the middle',
    acknowledges: true,
    reports: [{ error_code: 7, script_name: '', message: 'Failing in-progress lifecycle event', log: '' }],
    counts: { errorCode: 'UnknownError', message: 'Failing in-progress lifecycle event' },
  },
];

describe('what AWS’s agent reports', () => {
  it.each(MISHAPS)('of $situation is taken once, and never refused', async ({ acknowledges, reports, counts }) => {
    await launching();
    const command = acknowledges ? (await takeOn()).command : await poll();

    const answers = [];
    for (const diagnostics of reports)
      answers.push(await report(command?.HostCommandIdentifier, 'Failed', diagnostics));

    expect(answers.map(({ status }) => status)).toEqual(reports.map(() => 200));
    const leg = (await engine.hosts.byId(launch.instanceId))?.leg;
    expect(leg?.results).toHaveLength(1);
    expect(leg?.results[0]?.diagnostics).toMatchObject(counts);
    expect([...engine.taskTokens.answers.values()]).toEqual([{ status: 'Failed' }]);
  });

  it('again, because the first answer was lost, changes nothing: a failure after a success least of all', async () => {
    await launching();
    const { command } = await takeOn();

    await report(command?.HostCommandIdentifier, 'Succeeded', SUCCESS);
    const again = await report(command?.HostCommandIdentifier, 'Succeeded', SUCCESS);
    const late = await report(command?.HostCommandIdentifier, 'Failed', unknown('Net::ReadTimeout'));

    expect([again.status, late.status]).toEqual([200, 200]);
    expect((await poll())?.CommandName).toBe(events[1]);
    expect((await engine.hosts.byId(launch.instanceId))?.leg?.results[0]?.status).toBe('Succeeded');
  });

  it('of a command that nobody knows is no error, which it would repeat at every start', async () => {
    await launching();

    const { status } = await report('of-another-time', 'Failed', unknown('Failing in-progress lifecycle event'));

    expect(status).toBe(200);
    expect((await poll())?.CommandName).toBe(events[0]);
  });
});

describe('the secret of a host', () => {
  it('is the same whenever the host asks for it', async () => {
    expect((await endpoint()).pathname).toBe(path);
  });

  it('is not issued where there is no door to use it at', async () => {
    const refused = await answer(anAgentCall('IssueHostSecret', { HostIdentifier: HOST_ARN }), engine);

    expect(refused).toMatchObject({ statusCode: 400, body: expect.stringContaining('awsAgents') });
  });

  it('is issued to the host itself only', async () => {
    const HostIdentifier = HOST_ARN.replace('i-0a1b', 'i-0a1c');

    const refused = await answer(anAgentCall('IssueHostSecret', { HostIdentifier }), {
      ...engine,
      secretDoorUrl: DOOR,
    });

    expect(refused).toMatchObject({ statusCode: 403 });
  });

  it('lets nobody speak for another host', async () => {
    const HostIdentifier = HOST_ARN.replace('i-0a1b', 'i-0a1c');

    const { status } = await call('PollHostCommand', { HostIdentifier });

    expect(status).toBe(403);
    expect(engine.telemetry.counts).toEqual(['RefusedCalls']);
  });

  it('tells hosts of other roles nothing', async () => {
    await launching();
    const { hostSecretKey } = await engine.installationKeys();
    const host = { accountId: '111122223333', roleName: 'OpsRole', instanceId: launch.instanceId };

    const { status } = await call(
      'PollHostCommand',
      { HostIdentifier: HOST_ARN },
      `/${hostSecretPath(host, hostSecretKey)}`,
    );

    expect(status).toBe(403);
  });

  it('counts as refused when it is wrong, and stands in no log either way', async () => {
    const wrong = `${path.slice(0, -2)}AA`;

    const { status, body } = await call('PollHostCommand', { HostIdentifier: HOST_ARN }, wrong);
    await call('PollHostCommand', { HostIdentifier: HOST_ARN });

    expect(status).toBe(403);
    expect(body.__type).toBe('AccessDeniedException');
    expect(engine.telemetry.counts).toEqual(['RefusedCalls']);
    for (const secret of [path, wrong])
      expect(JSON.stringify(engine.telemetry.lines)).not.toContain(secret.split('/').at(-1));
  });

  it('opens nothing before it was issued, nor once its host is forgotten', async () => {
    const before = await call('PollHostCommand', { HostIdentifier: HOST_ARN });
    await engine.table.forgetHost(launch.instanceId);

    const { status, body } = await call('PollHostCommand', { HostIdentifier: HOST_ARN });

    expect(before.status).toBe(200);
    expect({ status, type: body.__type }).toEqual({ status: 403, type: 'AccessDeniedException' });
    expect(engine.telemetry.counts).toEqual(['RefusedCalls']);
  });

  it('is not issued to a host that leaves', async () => {
    await engine.hosts.leave(launch.instanceId, 'd-FAREWELL0');

    const refused = await answer(anAgentCall('IssueHostSecret', { HostIdentifier: HOST_ARN }), {
      ...engine,
      secretDoorUrl: DOOR,
    });

    expect(refused).toMatchObject({ statusCode: 403 });
  });

  it('is good until the host’s termination deployment is settled', async () => {
    const farewell = aTarget({ request: aTermination() });
    await engine.targets.open(farewell);
    await engine.hosts.leave(launch.instanceId, farewell.deploymentId);
    const leaving = await call('PollHostCommand', { HostIdentifier: HOST_ARN });
    const verdict = { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'all ran' } as const;
    await engine.targets.settle(farewell, verdict, []);
    const gone = await call('PollHostCommand', { HostIdentifier: HOST_ARN });

    expect(leaving.status).toBe(200);
    expect(gone.status).toBe(403);
  });
});
