import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { ExecutionAlreadyExists, SFNServiceException, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';

import type { AwsError } from '../../rehearsal/endpoint/service.ts';

/** The services that functions call. */
export type ServiceName = 'autoscaling' | 'dynamodb' | 'ec2' | 'states';

const EXCEPTIONS = {
  autoscaling: AutoScalingServiceException,
  dynamodb: DynamoDBServiceException,
  ec2: EC2ServiceException,
  states: SFNServiceException,
};

/** By their names on the wire; adapters know them by their class. */
const OF_STATES = { ExecutionAlreadyExists, TaskDoesNotExist, TaskTimedOut } as const;

/** An error as the SDK client of a service throws it. */
export function exceptionOf(
  service: ServiceName,
  { code, message, status }: Pick<AwsError, 'code' | 'message' | 'status'>,
) {
  const $metadata = { httpStatusCode: status };
  const modelled = service === 'states' && code in OF_STATES ? OF_STATES[code as keyof typeof OF_STATES] : undefined;
  if (modelled) return new modelled({ message, $metadata });
  const Exception = EXCEPTIONS[service];
  return new Exception({ name: code, message, $fault: status < 500 ? 'client' : 'server', $metadata });
}

const THROTTLES: Readonly<Record<ServiceName, string>> = {
  autoscaling: 'Throttling',
  dynamodb: 'ProvisionedThroughputExceededException',
  ec2: 'RequestLimitExceeded',
  states: 'ThrottlingException',
};

/** What a service answers when it is asked too much. */
export function throttled(service: ServiceName): Error {
  return exceptionOf(service, { code: THROTTLES[service], message: 'Rate exceeded', status: 400 });
}

/** What it answers when it is broken. */
export function broken(service: ServiceName): Error {
  return exceptionOf(service, { code: 'InternalFailure', message: 'We encountered an internal error', status: 500 });
}

/** What the client says when no answer came. */
export function unanswered(service: ServiceName): Error {
  const error = new Error(`socket hang up while ${service} was asked`);
  error.name = 'TimeoutError';
  return error;
}
