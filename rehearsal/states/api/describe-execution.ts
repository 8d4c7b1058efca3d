import { redriveOf } from '../redrive.ts';
import { findExecution } from './find.ts';
import type { Operation } from './operation.ts';

/** @throws ExecutionDoesNotExist */
export const describeExecution: Operation = (input, account) => {
  const execution = findExecution(input, account);
  const { plan, stoppedAt, outputText, failure } = execution;
  return {
    executionArn: plan.arn,
    stateMachineArn: plan.stateMachine.arn,
    name: plan.name,
    status: execution.status,
    startDate: new Date(execution.startedAt),
    stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
    input: execution.inputText,
    inputDetails: { included: true },
    output: outputText,
    outputDetails: outputText === undefined ? undefined : { included: true },
    error: failure?.error,
    cause: failure?.cause,
    mapRunArn: plan.mapRunArn,
    redriveCount: 0,
    ...redriveOf(execution),
  };
};
