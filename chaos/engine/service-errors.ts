import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2ServiceException } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ExecutionAlreadyExists, SFNServiceException, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';

import type { AwsError } from '../../rehearsal/endpoint/service.ts';

/** The services that functions call. */
export type ServiceName = 'autoscaling' | 'cloudwatch' | 'dynamodb' | 'ec2' | 'elasticloadbalancing' | 'states';

const EXCEPTIONS = {
  autoscaling: AutoScalingServiceException,
  cloudwatch: CloudWatchServiceException,
  dynamodb: DynamoDBServiceException,
  ec2: EC2ServiceException,
  elasticloadbalancing: ElasticLoadBalancingV2ServiceException,
  states: SFNServiceException,
};

/** By their names on the wire; adapters know them by their class. */
const OF_STATES = { ExecutionAlreadyExists, TaskDoesNotExist, TaskTimedOut } as const;

/** Modelled errors of Elastic Load Balancing have a longer name in the SDK than on the wire. */
const OF_LOAD_BALANCING = /NotFound$|^InvalidTarget$|^TooMany/;

/** An error as the SDK client of a service throws it. */
export function exceptionOf(
  service: ServiceName,
  { code, message, status }: Pick<AwsError, 'code' | 'message' | 'status'>,
) {
  const $metadata = { httpStatusCode: status };
  const modelled = service === 'states' && code in OF_STATES ? OF_STATES[code as keyof typeof OF_STATES] : undefined;
  if (modelled) return new modelled({ message, $metadata });
  const Exception = EXCEPTIONS[service];
  const name = service === 'elasticloadbalancing' && OF_LOAD_BALANCING.test(code) ? `${code}Exception` : code;
  return new Exception({ name, message, $fault: status < 500 ? 'client' : 'server', $metadata });
}

const THROTTLES: Readonly<Record<ServiceName, string>> = {
  autoscaling: 'Throttling',
  cloudwatch: 'Throttling',
  dynamodb: 'ProvisionedThroughputExceededException',
  ec2: 'RequestLimitExceeded',
  elasticloadbalancing: 'Throttling',
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
