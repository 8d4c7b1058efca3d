import { StatesError } from '../language/states-error.ts';
import type { SdkMetadata } from './sdk-call.ts';
import type { SdkService } from './sdk-services.ts';

/** An error as the JavaScript SDK throws it. */
interface SdkFault extends Error {
  readonly $metadata?: SdkMetadata;
  readonly $fault?: 'client' | 'server';
}

/** How an optimized integration words a service's errors. */
export interface OptimizedNames {
  /** `Lambda` in `Lambda.TooManyRequestsException`. */
  readonly prefix: string;
  /** Name for errors that the service's model does not know: `AWSLambdaException`. */
  readonly unmodelled: string;
  /** `Service: AWSLambda` in the cause. */
  readonly service: string;
}

/** The error of an `aws-sdk:` integration. */
export function sdkError(fault: unknown, service: SdkService): StatesError {
  const { errorPrefix } = service;
  if (!isAnswer(fault)) return unreachable(fault, errorPrefix);
  const name = isModelled(fault, service) ? exceptionName(fault.name) : `${errorPrefix}Exception`;
  const { httpStatusCode, requestId } = fault.$metadata ?? {};
  return new StatesError(
    `${errorPrefix}.${name}`,
    `${fault.message} (Service: ${errorPrefix}, Status Code: ${httpStatusCode}, Request ID: ${requestId}) (SDK Attempt Count: 1)`,
  );
}

/** The error of an optimized integration, or of a function called by its ARN. */
export function optimizedError(fault: unknown, service: SdkService, names: OptimizedNames): StatesError {
  if (!isAnswer(fault)) return unreachable(fault, names.prefix);
  const name = isModelled(fault, service) ? exceptionName(fault.name) : names.unmodelled;
  const { httpStatusCode, requestId } = fault.$metadata ?? {};
  return new StatesError(
    `${names.prefix}.${name}`,
    `${fault.message} (Service: ${names.service}; Status Code: ${httpStatusCode}; Error Code: ${fault.name}; Request ID: ${requestId}; Proxy: null)`,
  );
}

const isAnswer = (fault: unknown): fault is SdkFault => fault instanceof Error && '$fault' in fault;

function unreachable(fault: unknown, prefix: string): StatesError {
  const message = fault instanceof Error ? fault.message : String(fault);
  return new StatesError(`${prefix}.SdkClientException`, `Unable to execute HTTP request: ${message}`);
}

/** The SDK throws a class of its own for every error in the service's model, and its base class for the rest. */
const isModelled = (fault: Error, { client }: SdkService): boolean =>
  fault.constructor.name !== `${client}ServiceException`;

/** Step Functions uses Java's names, where every error is an exception and no fault. */
function exceptionName(shape: string): string {
  const base = shape.endsWith('Fault') ? shape.slice(0, -'Fault'.length) : shape;
  return base.endsWith('Exception') ? base : `${base}Exception`;
}
