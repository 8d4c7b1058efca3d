import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ServicePrincipal } from '../endpoint/service.ts';
import { clientAs, clientOf, type ClientSettings } from '../identity/client-as.ts';
import type { Ground } from '../part.ts';

/** AWS clients that act as one role or service, made when first asked for. */
export interface RoleClients {
  readonly eventBridge: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  destroy(): void;
}

/** Gives out clients by who calls; one set each for the length of the rehearsal. */
export class RoleClientPool {
  readonly #ground: Ground;
  readonly #sessionName: string;
  readonly #sets = new Map<string, RoleClients>();

  /** @param sessionName stands at the end of the callers' ARNs */
  constructor(ground: Ground, sessionName: string) {
    this.#ground = ground;
    this.#sessionName = sessionName;
  }

  for(roleArn: string): RoleClients {
    return this.#set(roleArn, () => clientAs(roleArn, this.#sessionName, this.#ground));
  }

  /** For a service that calls in its own name. */
  of(service: ServicePrincipal): RoleClients {
    return this.#set(JSON.stringify(service), () => clientOf(service, this.#ground));
  }

  #set(key: string, settings: () => ClientSettings): RoleClients {
    let set = this.#sets.get(key);
    if (!set) this.#sets.set(key, (set = createClients(settings())));
    return set;
  }

  /** Cuts off what is under way. */
  destroy(): void {
    for (const set of this.#sets.values()) set.destroy();
    this.#sets.clear();
  }
}

function createClients(settings: ClientSettings): RoleClients {
  const made: { destroy(): void }[] = [];
  const once = <Client extends { destroy(): void }>(make: () => Client): (() => Client) => {
    let client: Client | undefined;
    return () => {
      if (!client) made.push((client = make()));
      return client;
    };
  };
  const eventBridge = once(() => new EventBridgeClient(settings));
  const lambda = once(() => new LambdaClient(settings));
  const sfn = once(() => new SFNClient(settings));
  const sns = once(() => new SNSClient(settings));
  const sqs = once(() => new SQSClient(settings));
  return {
    get eventBridge() {
      return eventBridge();
    },
    get lambda() {
      return lambda();
    },
    get sfn() {
      return sfn();
    },
    get sns() {
      return sns();
    },
    get sqs() {
      return sqs();
    },
    destroy() {
      for (const client of made) client.destroy();
    },
  };
}
