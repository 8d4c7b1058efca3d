/** A state as the States Language writes it. */
export type State = Readonly<Record<string, unknown>>;

/** One entry of a state's `Retry`. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy?: 'FULL';
}

/**
 * For calls that come too often, in the words of the services and of Step Functions. A fleet that is behind a load
 * balancer of AWS's default quotas asks for minutes what is answered ten times a second: each of its hosts is refused
 * more often than a fault comes back, and must not give up. An hour on average, spread by jitter.
 */
export const whileThrottled: Retrier = {
  ErrorEquals: [
    'Throttling',
    'ThrottlingException',
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'Lambda.TooManyRequestsException',
    'StepFunctions.ThrottlingException',
    'ProvisionedThroughputExceededException',
    'DynamoDb.ProvisionedThroughputExceededException',
    'DynamoDB.ProvisionedThroughputExceededException',
  ],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 120,
  JitterStrategy: 'FULL',
};

/**
 * For faults that pass: a busy table, cold networks. Three and a half minutes on average, spread by jitter:
 * a heartbeat timeout leaves that time, and giving up earlier would turn an outage of AWS into failed deployments.
 */
export const afterFault: readonly Retrier[] = [whileThrottled, after('States.ALL')];

/** The same for faults that have names of their own. */
export function after(...errors: readonly string[]): Retrier {
  return {
    ErrorEquals: errors,
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 12,
    JitterStrategy: 'FULL',
  };
}

/** For a host that still has work of another deployment: a launch may take an hour. */
export const untilFree: Retrier = {
  ErrorEquals: ['HostIsBusy'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 75,
};

/** For a target of a fleet whose turn has not come: failures before it may keep it waiting for hours. */
export const untilItsTurn: Retrier = {
  ErrorEquals: ['FleetIsFull'],
  IntervalSeconds: 2,
  BackoffRate: 1.5,
  MaxDelaySeconds: 30,
  MaxAttempts: 2000,
};

/** For work that ends by itself within minutes, or at the latest with its time limit. */
export function shortly(error: string): Retrier {
  return { ErrorEquals: [error], IntervalSeconds: 1, BackoffRate: 1.5, MaxDelaySeconds: 30, MaxAttempts: 300 };
}

/** For errors that are answers: to repeat the call would only repeat the answer. */
export function never(...errors: readonly string[]): Retrier {
  return { ErrorEquals: errors, MaxAttempts: 0 };
}

/**
 * A task that invokes a function; its result is under `$states.result.Payload`.
 * @param resource the Lambda integration, with or without `.waitForTaskToken`
 */
export function invoke(resource: string, functionArn: string, payload: Readonly<Record<string, unknown>>): State {
  return {
    Type: 'Task',
    Resource: resource,
    Arguments: { FunctionName: functionArn, Payload: payload },
  };
}
