import type { Readable } from 'node:stream';
import type { Access } from '../permissions/access.ts';

/** Who signed a request: found by access key id. Unknown keys are the account's own user (`any credentials`). */
export interface Caller {
  /** `arn:aws:iam::<account>:user/rehearsal` or `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  readonly accountId: string;
  /** ARN of the IAM role behind an assumed-role caller. */
  readonly roleArn?: string;
  /** For an instance, its instance id. */
  readonly sessionName?: string;
  readonly accessKeyId: string;
  /** Set for a service of AWS's own that calls in its own name, such as EventBridge at the target of a rule. */
  readonly service?: ServicePrincipal;
}

/** A service in its own name, and for which resource it acts. */
export interface ServicePrincipal {
  /** `events.amazonaws.com` */
  readonly principal: string;
  /** The rule, alarm or topic behind the call. */
  readonly sourceArn?: string;
}

/** One HTTP request that an AWS client sent to the endpoint. */
export interface AwsRequest {
  /** Name in the signature's scope (`autoscaling`, `dynamodb`, `states`, …). */
  readonly service: string;
  readonly method: string;
  /** Path without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: Caller;
  readonly requestId: string;
}

/** What the journal should know of a call where the request and the response do not show it. */
export interface CallNotes {
  /** @default found in the request: target header, `Action`, or method and path */
  readonly operation?: string;
  /** Error code. @default found in the response when its status is 400 or above */
  readonly error?: string;
  /** DynamoDB's capacity units. */
  readonly readUnits?: number;
  readonly writeUnits?: number;
  /** Something that went wrong inside the rehearsal, for the person in front of it. */
  readonly warning?: string;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
  readonly notes?: CallNotes;
}

/** A part of the cloud that answers AWS clients. */
export interface Service {
  /** Names in the signature scope that lead here. */
  readonly signingNames: readonly string[];
  /** What it answers; missing where an emulator knows that alone. */
  readonly operations?: readonly string[];
  handle(request: AwsRequest): Promise<AwsResponse>;
  /**
   * What the caller needs leave for before the request is answered; an empty list for nothing.
   * @default the action of the operation's name, on all resources
   */
  access?(request: AwsRequest): readonly Access[];
}

/** An error that a client is meant to see; each protocol renders it in AWS's form. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Modelled members beside code and message, as they stand on the wire. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: { status?: number; members?: Record<string, unknown> } = {}) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
  }
}
