import { Agent } from 'node:http';
import type { Ground } from '../../part.ts';
import type { SdkService } from './sdk-services.ts';

/** An SDK client of whatever service: commands go in, outputs come out. */
interface SdkClient {
  send(command: object): Promise<object>;
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
  destroy(): void;
}

type ClientConstructor = new (configuration: object) => SdkClient;

/** Credentials are renewed this long before they expire, in rehearsed time. */
const RENEW_BEFORE_MS = 60_000;

/** SDK clients that act as a state machine's role: one per role and service, all on the same connections. */
export class RoleClients {
  readonly #ground: Ground;
  readonly #clients = new Map<string, SdkClient>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 512 });

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  clientOf(service: SdkService, sdk: object, roleArn: string, sessionName: string): SdkClient {
    const key = `${service.client} ${roleArn}`;
    let client = this.#clients.get(key);
    if (!client) {
      client = this.#make(service, sdk, roleArn, sessionName);
      this.#clients.set(key, client);
    }
    return client;
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#agent.destroy();
  }

  #make(service: SdkService, sdk: object, roleArn: string, sessionName: string): SdkClient {
    const Client = (sdk as Record<string, ClientConstructor>)[`${service.client}Client`];
    if (!Client) throw new Error(`The SDK has no ${service.client}Client`);
    const client = new Client({
      endpoint: this.#ground.endpoint(),
      region: this.#ground.region,
      credentials: this.#credentialsOf(roleArn, sessionName),
      // Trying again is the definition's business: a hidden second attempt would falsify its history.
      maxAttempts: 1,
      forcePathStyle: true,
      requestHandler: { httpAgent: this.#agent },
    });
    client.middlewareStack.add(keepHeaders, { step: 'deserialize', priority: 'high' });
    return client;
  }

  #credentialsOf(roleArn: string, sessionName: string): () => Promise<object> {
    const { clock, credentials } = this.#ground;
    const session = sessionName.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
    let current = credentials.assumeRole(roleArn, session);
    return () => {
      if (clock.now() > current.expiresAtMs - RENEW_BEFORE_MS) current = credentials.assumeRole(roleArn, session);
      // Expired by the wall's clock: the SDK asks every time, and rehearsed time decides here.
      return Promise.resolve({ ...current, expiration: new Date(0) });
    };
  }
}

interface Answer {
  readonly response: { readonly headers?: Readonly<Record<string, string>> };
  readonly output: { $metadata: object };
}

/** Leaves the response's headers in `$metadata`: optimized integrations pass them on to the state. */
const keepHeaders =
  (next: (request: unknown) => Promise<Answer>) =>
  async (request: unknown): Promise<Answer> => {
    const answer = await next(request);
    const headers = answer.response.headers ?? {};
    answer.output.$metadata = { ...answer.output.$metadata, headers };
    return answer;
  };
