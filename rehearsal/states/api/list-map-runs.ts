import { findExecution } from './find.ts';
import type { Operation } from './operation.ts';
import { pageOf } from './page.ts';

/** The Map Runs that an execution started. @throws ExecutionDoesNotExist */
export const listMapRuns: Operation = (input, account) => {
  const parent = findExecution(input, account);
  const own = [...account.mapRuns.values()].filter((mapRun) => mapRun.parent === parent);
  const { items, nextToken } = pageOf(own, ({ arn }) => arn, input);
  const mapRuns = items.map(({ arn, startedAt, stoppedAt }) => ({
    executionArn: parent.plan.arn,
    mapRunArn: arn,
    stateMachineArn: parent.plan.stateMachine.arn,
    startDate: new Date(startedAt),
    stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
  }));
  return { mapRuns, nextToken };
};
