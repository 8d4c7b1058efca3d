import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientAs } from '../identity/client-as.ts';
import type { Ground } from '../part.ts';

/** AWS clients that act as one role, made when first asked for. */
export interface RoleClients {
  readonly eventBridge: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  destroy(): void;
}

/** Gives out clients by role; one set per role for the length of the rehearsal. */
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
    let set = this.#sets.get(roleArn);
    if (!set) this.#sets.set(roleArn, (set = createRoleClients(this.#ground, roleArn, this.#sessionName)));
    return set;
  }

  /** Cuts off what is under way. */
  destroy(): void {
    for (const set of this.#sets.values()) set.destroy();
    this.#sets.clear();
  }
}

function createRoleClients(ground: Ground, roleArn: string, sessionName: string): RoleClients {
  const settings = clientAs(roleArn, sessionName, ground);
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
