import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { newInstallationKeys, readInstallationKeys } from '../../core/signing/installation-keys.ts';
import { signedMessage } from '../../core/signing/signed-message.ts';
import { HOST_IDENTIFIER, instanceMetadata } from './instance-metadata.ts';

/** Lifecycle events of an in-place deployment without a load balancer. */
const EVENTS = [
  'ApplicationStop',
  'DownloadBundle',
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
] as const;

/** One deployment as the command service saw it; milliseconds of a monotonic clock. */
export interface Road {
  /** When there was something to do for the first time. */
  readonly offeredAtMs: number;
  /** When the first poll found it. */
  readonly foundAtMs: number;
  readonly events: readonly { readonly name: string; readonly fromMs: number; readonly toMs: number }[];
}

interface Deployment {
  readonly deploymentId: string;
  readonly bundle: string;
  readonly offeredAtMs: number;
  readonly events: { name: string; fromMs: number; toMs: number }[];
  readonly done: (failure?: Error) => void;
  foundAtMs: number;
  isHandedOut: boolean;
}

const SIGNER = readInstallationKeys(newInstallationKeys('benchmark', Date.now())).signer;
const IDLE_POLL_SECONDS = 0.05;

/**
 * Command service, S3 and instance metadata of one host, on one loopback port. It answers at once, so that what is
 * measured is the agent. To Slipway's agent it speaks Slipway's members of the protocol, to any other AWS's alone.
 */
export class CommandDesk {
  readonly #server: Server;
  #deployment: Deployment | undefined;
  #requests = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<CommandDesk> {
    const server = createServer();
    const desk = new CommandDesk(server);
    server.on('request', (request, response) => void desk.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return desk;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests to the command service so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Offers a deployment and resolves when its last event is reported. @throws Error when an event fails */
  deploy(deploymentId: string, bundle: string): Promise<Road> {
    return new Promise((resolve, reject) => {
      const deployment: Deployment = {
        deploymentId,
        bundle,
        offeredAtMs: performance.now(),
        foundAtMs: 0,
        events: [],
        isHandedOut: false,
        done: (failure) => {
          this.#deployment = undefined;
          if (failure) reject(failure);
          else resolve(deployment);
        },
      };
      this.#deployment = deployment;
    });
  }

  close(): void {
    this.#server.close().closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    if (path.startsWith('/latest/')) {
      const value = instanceMetadata(path, request.method);
      response.writeHead(value === undefined ? 404 : 200).end(value);
      return;
    }
    if (request.method !== 'POST') {
      this.#sendBundle(request, response);
      return;
    }
    this.#requests += 1;
    const isSlipway = String(request.headers['x-amz-codedeploy-agent-version']).startsWith('SLIPWAY');
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const body = this.#answer(operation, JSON.parse(await text(request)) as Record<string, unknown>, isSlipway);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  }

  #sendBundle({ method, headers }: IncomingMessage, response: ServerResponse): void {
    const bundle = this.#deployment?.bundle;
    if (bundle === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { size } = statSync(bundle);
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const start = Number(first ?? 0);
    const end = last ? Math.min(Number(last), size - 1) : size - 1;
    response.writeHead(first === undefined ? 200 : 206, {
      etag: '"benchmark"',
      'content-length': end - start + 1,
      ...(first !== undefined && { 'content-range': `bytes ${start}-${end}/${size}` }),
    });
    if (method === 'HEAD') response.end();
    else createReadStream(bundle, { start, end }).pipe(response);
  }

  #answer(operation: string, input: Record<string, unknown>, isSlipway: boolean): object {
    switch (operation) {
      case 'PollHostCommand':
        return this.#poll(isSlipway);
      case 'GetDeploymentSpecification':
        return { DeploymentSystem: 'CodeDeploy', DeploymentSpecification: this.#specification(isSlipway) };
      case 'PutHostCommandComplete':
        return this.#complete(input, isSlipway);
      default:
        return { CommandStatus: 'InProgress' };
    }
  }

  #poll(isSlipway: boolean): object {
    const deployment = this.#deployment;
    if (!deployment || deployment.isHandedOut)
      return isSlipway ? { Slipway: { PollAfterSeconds: IDLE_POLL_SECONDS } } : {};
    deployment.isHandedOut = true;
    deployment.foundAtMs ||= performance.now();
    return {
      HostCommand: this.#begin(deployment),
      ...(isSlipway && {
        Slipway: { PollAfterSeconds: 0, ...this.#remaining(), DeploymentSpecification: this.#specification(true) },
      }),
    };
  }

  #begin({ deploymentId, events }: Deployment): object {
    const name = EVENTS[events.length] ?? '';
    events.push({ name, fromMs: performance.now(), toMs: 0 });
    return {
      HostCommandIdentifier: `${deploymentId}|${name}`,
      HostIdentifier: HOST_IDENTIFIER,
      DeploymentExecutionId: `Slipway/us-east-1/prod/123456789012:${deploymentId}`,
      CommandName: name,
    };
  }

  #remaining(): object {
    return { RemainingEvents: EVENTS.slice(this.#deployment?.events.length ?? 0) };
  }

  #complete(input: Record<string, unknown>, isSlipway: boolean): object {
    const deployment = this.#deployment;
    const current = deployment?.events.at(-1);
    // AWS's agent reports a failure twice: the second time the deployment is over.
    if (!deployment || input['HostCommandIdentifier'] !== `${deployment.deploymentId}|${current?.name}`) return {};
    if (input['CommandStatus'] === 'Failed') {
      const { Payload } = input['Diagnostics'] as { Payload: string };
      deployment.done(new Error(`${current?.name} failed: ${Payload}`));
      return {};
    }
    return this.#goOn(deployment, input, isSlipway);
  }

  #goOn(deployment: Deployment, input: Record<string, unknown>, isSlipway: boolean): object {
    const { events } = deployment;
    const nowMs = performance.now();
    const current = events.at(-1);
    if (current) current.toMs = nowMs;
    const { NoopEvents = [] } = (input['Slipway'] ?? {}) as { NoopEvents?: string[] };
    for (const name of NoopEvents) events.push({ name, fromMs: nowMs, toMs: nowMs });
    deployment.isHandedOut = false;
    if (events.length >= EVENTS.length) {
      deployment.done();
      return isSlipway ? { Slipway: { PollAfterSeconds: IDLE_POLL_SECONDS, HostCommand: null } } : {};
    }
    if (!isSlipway) return {};
    deployment.isHandedOut = true;
    return { Slipway: { PollAfterSeconds: 0, HostCommand: this.#begin(deployment), ...this.#remaining() } };
  }

  #specification(isSlipway: boolean): object {
    const Payload = JSON.stringify({
      DeploymentId: this.#deployment?.deploymentId,
      DeploymentGroupId: 'web-fleet',
      DeploymentGroupName: 'web-fleet',
      ApplicationName: 'web',
      AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: 'OVERWRITE' } },
      Revision: { RevisionType: 'S3', S3Revision: { Bucket: 'revisions', Key: 'bundle.zip', BundleType: 'zip' } },
    });
    return {
      GenericEnvelope: isSlipway
        ? { Format: 'TEXT/JSON', Payload }
        : { Format: 'PKCS7/JSON', Payload: signedMessage(Payload, SIGNER) },
    };
  }
}
