import type { UrlEvent } from '../../lambdas/commands/caller.ts';
import type { Functions } from '../engine/functions.ts';
import { ACCOUNT_ID, REGION } from '../cloud/ground.ts';

/** As much of an answer as a host looks at. */
export interface Reply {
  readonly HostCommand?: Command;
  readonly CommandStatus?: string;
  readonly Slipway?: {
    readonly HostCommand?: Command | null;
    readonly RemainingEvents?: readonly string[];
    readonly PollAfterSeconds?: number;
    readonly DeploymentSpecification?: { readonly GenericEnvelope: { readonly Payload: string } };
  };
}

export interface Command {
  readonly HostCommandIdentifier: string;
  readonly CommandName: string;
  readonly DeploymentExecutionId: string;
}

/** The command service refused for good: the same call would be refused again. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The command service as one host reaches it, through the function's URL. */
export class CommandService {
  readonly hostIdentifier: string;
  readonly #functions: Functions;
  readonly #instanceId: string;

  constructor(functions: Functions, instanceId: string) {
    this.#functions = functions;
    this.#instanceId = instanceId;
    this.hostIdentifier = `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:instance/${instanceId}`;
  }

  /** @throws Refused, and any other error for a call that may be repeated */
  async call(operation: string, input: object): Promise<Reply> {
    const answer = (await this.#functions.invoke('commands', this.#event(operation, input))) as {
      readonly statusCode: number;
      readonly body: string;
    };
    if (answer.statusCode >= 500) throw new Error(answer.body);
    if (answer.statusCode >= 400) throw new Refused(answer.body);
    return JSON.parse(answer.body) as Reply;
  }

  #event(operation: string, input: object): UrlEvent {
    const userArn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/WebRole/${this.#instanceId}`;
    return {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/',
      rawQueryString: '',
      headers: {
        'x-amz-target': `CodeDeployCommandService_v20141006.${operation}`,
        'x-amz-codedeploy-agent-version': 'SLIPWAY_0.1.0',
      },
      requestContext: { authorizer: { iam: { userArn } } } as UrlEvent['requestContext'],
      body: JSON.stringify(input),
      isBase64Encoded: false,
    } as UrlEvent;
  }
}
