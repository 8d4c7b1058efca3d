import { AwsError } from '../../endpoint/service.ts';
import type { InvalidDefinition } from '../language/diagnostics.ts';

/** The errors of the Step Functions API, in AWS's own words. All are answered with status 400. */
export const faults = {
  executionAlreadyExists: (arn: string) => new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`),
  executionDoesNotExist: (arn: string) => new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`),
  invalidArn: (why: string) => new AwsError('InvalidArn', `Invalid Arn: '${why}'`),
  invalidDefinition: ({ message }: InvalidDefinition) => new AwsError('InvalidDefinition', message),
  invalidExecutionInput: (why: string) =>
    new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`),
  invalidName: (name: string) => new AwsError('InvalidName', `Invalid Name: '${name}'`),
  invalidOutput: (why: string) => new AwsError('InvalidOutput', `Invalid Output: '${why}'`),
  invalidToken: () => new AwsError('InvalidToken', "Invalid Token: 'Invalid token'"),
  missingRequiredParameter: (message: string) => new AwsError('MissingRequiredParameter', message),
  resourceNotFound: (arn: string) => new AwsError('ResourceNotFound', `Resource not found: '${arn}'`),
  stateMachineAlreadyExists: (arn: string) =>
    new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`),
  stateMachineDoesNotExist: (arn: string) =>
    new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`),
  stateMachineTypeNotSupported: () =>
    new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine'),
  taskDoesNotExist: () => new AwsError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'"),
  taskTimedOut: () => new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'"),
  validation: (message: string) => new AwsError('ValidationException', message),
};
