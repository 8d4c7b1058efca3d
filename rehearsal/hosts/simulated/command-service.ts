import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Agent } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { InstanceRole } from '../instance-role.ts';
import { post } from './post.ts';

/** One lifecycle event that the host shall carry out. */
export interface HostCommand {
  readonly HostCommandIdentifier: string;
  /** Names the deployment. */
  readonly DeploymentExecutionId: string;
  readonly CommandName: string;
}

/** What an agent reads in the answer to a poll, or to a completion. */
export interface CommandAnswer {
  readonly HostCommand?: HostCommand | null;
  readonly Slipway?: {
    readonly PollAfterSeconds?: number;
    readonly RemainingEvents?: readonly string[];
    /** In the answer to a completion: the next command of the leg. */
    readonly HostCommand?: HostCommand | null;
  };
}

/** How a command went, in the words of the agent. */
export interface Completion {
  readonly status: 'Succeeded' | 'Failed';
  readonly diagnostics: { error_code: number; script_name: string; message: string; log: string };
  readonly noopEvents: readonly string[];
}

/** Connections that all agents of a rehearsal share. */
export interface Connections {
  readonly polls: Agent;
  /** Apart from polls: what ends a deployment does not queue behind a thousand hosts that only ask. */
  readonly completions: Agent;
}

/** The command service answered with an error. */
export class CommandServiceError extends Error {
  readonly status: number;

  constructor(operation: string, status: number, body: unknown) {
    super(`the command service answered ${operation} with ${status} ${JSON.stringify(body)}`);
    this.status = status;
  }
}

/**
 * Speaks to the command service as the agent of one host: JSON 1.1, signed for a function URL with the instance's role.
 */
export class CommandService {
  readonly #url: URL;
  readonly #clock: Clock;
  readonly #connections: Connections;
  readonly #signer: SignatureV4;
  readonly #signal: AbortSignal;

  /** @param settings.signal ends requests under way */
  constructor(settings: {
    url: string;
    region: string;
    role: InstanceRole;
    clock: Clock;
    connections: Connections;
    signal: AbortSignal;
  }) {
    this.#url = new URL(settings.url);
    this.#clock = settings.clock;
    this.#connections = settings.connections;
    this.#signal = settings.signal;
    this.#signer = new SignatureV4({
      service: 'lambda',
      region: settings.region,
      sha256: Sha256,
      // Asked at each request: the role renews them.
      credentials: () => Promise.resolve(settings.role.credentials()),
    });
  }

  /** @throws CommandServiceError, or the connection's error */
  poll(hostIdentifier: string, uptimeSeconds: number): Promise<CommandAnswer> {
    const input = { HostIdentifier: hostIdentifier, Slipway: { UptimeSeconds: uptimeSeconds } };
    return this.#call('PollHostCommand', input, this.#connections.polls);
  }

  /** @throws CommandServiceError, or the connection's error */
  complete(command: HostCommand, report: Completion): Promise<CommandAnswer> {
    const input = {
      HostCommandIdentifier: command.HostCommandIdentifier,
      CommandStatus: report.status,
      Diagnostics: { Format: 'JSON', Payload: JSON.stringify(report.diagnostics) },
      Slipway: { NoopEvents: report.noopEvents },
    };
    return this.#call('PutHostCommandComplete', input, this.#connections.completions);
  }

  async #call(operation: string, input: object, agent: Agent): Promise<CommandAnswer> {
    const body = JSON.stringify(input);
    const { hostname, port, host, pathname, protocol } = this.#url;
    const unsigned = {
      method: 'POST',
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(this.#url.searchParams),
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `CodeDeployCommandService_v20141006.${operation}`,
        'x-amz-codedeploy-agent-version': 'SLIPWAY_simulated',
      },
      body,
    };
    const { headers } = await this.#signer.sign(unsigned, { signingDate: new Date(this.#clock.now()) });
    const path = `${pathname}${this.#url.search}`;
    const { status, answer } = await post({ hostname, port, path, headers, agent, signal: this.#signal }, body);
    if (status !== 200) throw new CommandServiceError(operation, status, answer);
    return answer as CommandAnswer;
  }
}
