import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import { signedMessage } from '../../../core/signing/signed-message.ts';
import type { Signer } from '../../../core/signing/signed-message.ts';

const HOST_IDENTIFIER = 'arn:aws:ec2:us-east-1:123456789012:instance/i-0abc';

export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

export interface CompletionSeen {
  readonly event: string;
  readonly status: string;
  readonly diagnostics: { readonly error_code: number; readonly message: string; readonly log: string };
  readonly noopEvents: readonly string[];
}

/** A leg of lifecycle events for the one host of a test. */
export interface Leg {
  readonly deploymentId: string;
  readonly events: readonly string[];
  readonly revision: object;
}

type Answerer = (call: Call) => { readonly status: number; readonly body: object } | undefined;

/**
 * Instance metadata, a command service and S3 on one loopback port. The command service speaks Slipway's members of
 * the protocol, or with `speaksSlipway: false` only those of AWS's.
 */
export class PretendCloud {
  readonly calls: Call[] = [];
  readonly completions: CompletionSeen[] = [];
  readonly objects = new Map<string, Buffer>();
  /** Lines by log stream. */
  readonly logs = new Map<string, string[]>();
  /** Answers instead of the command service while it returns something. */
  interfere: Answerer = () => undefined;
  speaksSlipway = true;
  /** Who signs deployment specifications; they are plain where there is nobody. */
  signer: Signer | undefined;
  /** Ranges of objects that were asked for: `bytes=0-99`. */
  readonly ranges: string[] = [];
  readonly #acknowledged = new Set<unknown>();
  #leg: Leg | undefined;
  #cursor = 0;
  #server: Server | undefined;
  #changed = Promise.withResolvers<undefined>();

  static async start(): Promise<PretendCloud> {
    const cloud = new PretendCloud();
    const server = createServer((request, response) => {
      void cloud.#serve(request, response);
    });
    cloud.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    running.push(server);
    return cloud;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
  }

  begin(leg: Leg): void {
    this.#leg = leg;
    this.#cursor = 0;
  }

  /** Whether the leg has come to its end, by success or failure. */
  get isLegOver(): boolean {
    return this.#cursor >= (this.#leg?.events.length ?? 0);
  }

  /** Resolves once the condition holds; looks at it whenever the agent has called. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#changed.promise;
  }

  /** Events in the order in which the command service was told of their end. */
  get ended(): string[] {
    return this.completions.map(({ event, status, noopEvents }) => [`${event} ${status}`, ...noopEvents].join(' + '));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname.startsWith('/latest/')) {
      const value = metadata(url.pathname.slice('/latest/'.length), request);
      response.writeHead(value === undefined ? 404 : 200).end(value);
    } else if (request.method === 'POST') {
      const { status, body } = this.#command(await toCall(request));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      this.#changed.resolve(undefined);
      this.#changed = Promise.withResolvers();
    } else {
      this.#sendObject(url.pathname, request.headers.range, response);
    }
  }

  #sendObject(path: string, range: string | undefined, response: ServerResponse): void {
    const object = this.objects.get(path);
    const missing = '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';
    if (range !== undefined) this.ranges.push(range);
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    const whole = object ?? Buffer.from(missing);
    const body = first === undefined ? whole : whole.subarray(Number(first), last ? Number(last) + 1 : undefined);
    response
      .writeHead(object ? (first === undefined ? 200 : 206) : 404, {
        etag: '"etag-1"',
        'accept-ranges': 'bytes',
        'content-length': body.length,
        ...(first !== undefined && {
          'content-range': `bytes ${first}-${Number(first) + body.length - 1}/${whole.length}`,
        }),
      })
      .end(body);
  }

  #command(call: Call): { status: number; body: object } {
    this.calls.push(call);
    const interference = this.interfere(call);
    if (interference) return interference;
    switch (call.operation) {
      case 'PollHostCommand':
        return { status: 200, body: this.#answer('poll') };
      case 'GetDeploymentSpecification':
        return {
          status: 200,
          body: { DeploymentSystem: 'CodeDeploy', DeploymentSpecification: this.#specification() },
        };
      case 'PutHostCommandAcknowledgement':
        return { status: 200, body: { CommandStatus: this.#acknowledge(call) } };
      case 'PutHostCommandComplete':
        return { status: 200, body: this.#complete(call) };
      case 'PostHostCommandUpdate':
        return { status: 200, body: { CommandStatus: 'InProgress' } };
      case 'CreateLogStream':
        this.logs.set(String(call.input['logStreamName']), []);
        return { status: 200, body: {} };
      case 'PutLogEvents':
        this.logs.get(String(call.input['logStreamName']))?.push(...messagesIn(call));
        return { status: 200, body: {} };
      default:
        return { status: 400, body: { __type: 'UnknownOperationException' } };
    }
  }

  /** As CodeDeploy's service does with a command that was handed out twice: the second copy is not wanted. */
  #acknowledge({ input }: Call): 'InProgress' | 'Succeeded' {
    const identifier = input['HostCommandIdentifier'];
    const isFirst = !this.#acknowledged.has(identifier);
    this.#acknowledged.add(identifier);
    return isFirst ? 'InProgress' : 'Succeeded';
  }

  #complete({ input }: Call): object {
    const [, event = ''] = String(input['HostCommandIdentifier']).split('|');
    const { Payload } = input['Diagnostics'] as { Payload: string };
    const { NoopEvents = [] } = (input['Slipway'] ?? {}) as { NoopEvents?: string[] };
    const status = String(input['CommandStatus']);
    const diagnostics = JSON.parse(Payload) as CompletionSeen['diagnostics'];
    this.completions.push({ event, status, diagnostics, noopEvents: NoopEvents });
    if (this.#leg?.events[this.#cursor] === event) {
      this.#cursor += 1 + NoopEvents.length;
      if (status === 'Failed') this.#leg = undefined;
    }
    return this.speaksSlipway ? { Slipway: this.#answer('completion') } : {};
  }

  /** The next command; beside `Slipway` for a poll, inside it for a completion. */
  #answer(to: 'poll' | 'completion'): object {
    const command = this.#nextCommand();
    const remaining = this.#leg?.events.slice(this.#cursor + 1) ?? [];
    if (!this.speaksSlipway) return command ? { HostCommand: command } : {};
    const slipway = { PollAfterSeconds: 0.02, RemainingEvents: remaining };
    if (to === 'completion') return { ...slipway, HostCommand: command };
    return {
      HostCommand: command,
      Slipway: { ...slipway, ...(command && { DeploymentSpecification: this.#specification() }) },
    };
  }

  #nextCommand(): object | null {
    const event = this.#leg?.events[this.#cursor];
    if (!this.#leg || event === undefined) return null;
    return {
      HostCommandIdentifier: `${this.#leg.deploymentId}|${event}`,
      HostIdentifier: HOST_IDENTIFIER,
      DeploymentExecutionId: `Slipway/us-east-1/prod/123456789012:${this.#leg.deploymentId}`,
      CommandName: event,
    };
  }

  #specification(): object {
    const Payload = JSON.stringify({
      DeploymentId: this.#leg?.deploymentId,
      DeploymentGroupId: 'web.web-fleet',
      DeploymentGroupName: 'web-fleet',
      ApplicationName: 'web',
      Revision: this.#leg?.revision,
    });
    const signed = this.signer && { Format: 'PKCS7/JSON', Payload: signedMessage(Payload, this.signer) };
    return { GenericEnvelope: signed ?? { Format: 'TEXT/JSON', Payload } };
  }
}

const running: Server[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.close().closeAllConnections();
});

async function toCall(request: IncomingMessage): Promise<Call> {
  const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
  return { operation, input: JSON.parse(await text(request)) as Call['input'], headers: request.headers };
}

function messagesIn({ input }: Call): string[] {
  return (input['logEvents'] as { message: string }[]).map(({ message }) => message);
}

function metadata(path: string, request: IncomingMessage): string | undefined {
  if (path === 'api/token') return request.method === 'PUT' ? 'a-token' : undefined;
  if (request.headers['x-aws-ec2-metadata-token'] !== 'a-token') return undefined;
  const credentials = {
    AccessKeyId: 'ASIAEXAMPLE',
    SecretAccessKey: 'a-secret-key',
    Token: 'a-session-token',
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  };
  return {
    'dynamic/instance-identity/document': JSON.stringify({
      region: 'us-east-1',
      accountId: '123456789012',
      instanceId: 'i-0abc',
    }),
    'meta-data/services/partition': 'aws',
    'meta-data/instance-id': 'i-0abc',
    'meta-data/local-ipv4': '127.77.66.55',
    'meta-data/iam/security-credentials/': 'web-role',
    'meta-data/iam/security-credentials/web-role': JSON.stringify(credentials),
  }[path];
}
