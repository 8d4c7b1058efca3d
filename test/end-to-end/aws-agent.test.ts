import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedMessage } from '../lambdas/doubles/opened-message.ts';
import { Cloud } from './cloud.ts';
import { Fleet } from './fleet.ts';
import { HostVoice } from './host-voice.ts';
import { until } from './until.ts';

const LONGER_THAN_ANY_TEST_MS = 365 * 24 * 3600 * 1000;

interface Answer {
  readonly HostCommand?: {
    readonly HostCommandIdentifier: string;
    readonly CommandName: string;
    readonly DeploymentExecutionId: string;
  };
  readonly CommandStatus?: string;
  readonly DeploymentSpecification?: { readonly GenericEnvelope: { readonly Payload: string } };
}

/** What AWS's agent 1.8.1 sends, in its order: it signs for a service of AWS's, and nobody checks that here. */
class AwsAgentVoice {
  readonly #endpoint: string;
  readonly #HostIdentifier: string;

  constructor(endpoint: string, hostIdentifier: string) {
    this.#endpoint = endpoint;
    this.#HostIdentifier = hostIdentifier;
  }

  async call(operation: string, input: object): Promise<{ status: number; body: Answer }> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `CodeDeployCommandService_v20141006.${operation}`,
        'x-amz-codedeploy-agent-version': 'OFFICIAL_1.8.1-8_rpm',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260504/us-east-1/codedeploy-commands/aws4_request, ' +
          'SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=00',
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  }

  /** Takes one command on and reports on it. @returns its name and specification */
  async runOne(failing: string): Promise<{ event: string; specification: unknown; isGenuine: boolean }> {
    const { HostCommandIdentifier, CommandName, DeploymentExecutionId } = await until('a command', () => this.#poll());
    const answer = await this.call('GetDeploymentSpecification', {
      DeploymentExecutionId,
      HostIdentifier: this.#HostIdentifier,
    });
    const message = openedMessage(answer.body.DeploymentSpecification?.GenericEnvelope.Payload ?? '');
    await this.call('PutHostCommandAcknowledgement', {
      Diagnostics: { Format: 'JSON', Payload: '{"IsCommandNoop":false}' },
      HostCommandIdentifier,
    });
    if (CommandName === failing) await this.#reportFailure(HostCommandIdentifier);
    else await this.#report(HostCommandIdentifier, 'Succeeded', diagnostics(0, '', 'Succeeded: ', ''));
    return { event: CommandName, specification: JSON.parse(message.content), isGenuine: message.isGenuine };
  }

  async #poll(): Promise<Answer['HostCommand']> {
    const { body } = await this.call('PollHostCommand', { HostIdentifier: this.#HostIdentifier });
    return body.HostCommand;
  }

  /** Twice, and only the first time with all it knows. */
  async #reportFailure(HostCommandIdentifier: string): Promise<void> {
    const message = 'Script at specified location: scripts/x.sh failed with exit code 7';
    await this.#report(HostCommandIdentifier, 'Failed', diagnostics(4, 'scripts/x.sh', message, '[stderr]no luck\n'));
    await this.#report(HostCommandIdentifier, 'Failed', diagnostics(5, '', message, ''));
  }

  async #report(HostCommandIdentifier: string, CommandStatus: string, Payload: string): Promise<void> {
    const Diagnostics = { Format: 'JSON', Payload };
    const { status } = await this.call('PutHostCommandComplete', { CommandStatus, Diagnostics, HostCommandIdentifier });
    expect(status).toBe(200);
  }
}

const diagnostics = (error_code: number, script_name: string, message: string, log: string): string =>
  JSON.stringify({ error_code, script_name, message, log });

describe('a fleet whose instances run AWS’s own agent', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    // The hosts have no agent that could be faster.
    cloud = await Cloud.open({
      speed: 1,
      settings: { awsAgents: 'true', desiredCapacity: '2' },
      bootMs: LONGER_THAN_ANY_TEST_MS,
    });
  }, 60_000);
  afterAll(() => cloud.close());

  it('launches, fails with the script’s own words, and is let in by secrets of its hosts only', async () => {
    const { name } = Fleet.ofTheExample(cloud);
    const [good = '', bad = ''] = await until('two instances', () => {
      const launched = cloud.hostRules.launched(name);
      return launched.length === 2 && launched;
    });
    const run = async (instanceId: string, failing: string, count: number) => {
      const host = new HostVoice(cloud, instanceId);
      const agent = new AwsAgentVoice(await host.issueSecret(), host.hostIdentifier);
      const runs: Awaited<ReturnType<AwsAgentVoice['runOne']>>[] = [];
      for (let turn = 0; turn < count; turn++) runs.push(await agent.runOne(failing));
      return { runs, agent };
    };

    const { runs, agent } = await run(good, '', 9);
    await run(bad, 'AfterInstall', 5);
    const stranger = await agent.call('PollHostCommand', {
      HostIdentifier: new HostVoice(cloud, bad).hostIdentifier,
    });

    const succeeded = await cloud.deployment('launch', good);
    const failed = await cloud.deployment('launch', bad);
    expect(runs.map(({ event }) => event)).toEqual(succeeded.lifecycleEvents.map((event) => event.lifecycleEventName));
    expect(runs.every(({ isGenuine }) => isGenuine)).toBe(true);
    expect(runs[0]?.specification).toMatchObject({ ApplicationName: 'web', DeploymentId: succeeded.deploymentId });
    expect(succeeded).toMatchObject({ status: 'Succeeded', lifecycleActionResult: 'CONTINUE' });
    expect(failed).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect(failed.lifecycleEvents[4]?.diagnostics).toMatchObject({
      errorCode: 'ScriptFailed',
      scriptName: 'scripts/x.sh',
      message: expect.stringContaining('exit code 7'),
      logTail: '[stderr]no luck\n',
    });
    expect(stranger.status).toBe(403);
    const secret = new URL(await new HostVoice(cloud, good).issueSecret()).pathname.split('/').at(-1) ?? '';
    expect(secret).toHaveLength(43);
    for (const folder of ['commands', 'commands-by-secret'])
      expect(await cloud.logLines(`/slipway/${folder}`, secret)).toEqual([]);
  }, 60_000);
});
