import type { StatesAccount } from '../account.ts';
import type { Execution } from '../run/execution.ts';
import { faults } from './faults.ts';
import { findStateMachine } from './find.ts';
import type { Input } from './input.ts';
import type { Operation } from './operation.ts';
import { pageOf } from './page.ts';

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

/** Executions of a state machine, or children of a Map Run; newest first. @throws StateMachineDoesNotExist, ResourceNotFound */
export const listExecutions: Operation = (input, account) => {
  const status = input.oneOf('statusFilter', STATUSES);
  const found = candidates(input, account).filter((execution) => status === undefined || execution.status === status);
  const { items, nextToken } = pageOf(found.reverse(), ({ plan }) => plan.arn, input);
  return { executions: items.map(describe), nextToken };
};

function candidates(input: Input, account: StatesAccount): readonly Execution[] {
  const mapRunArn = input.optionalText('mapRunArn');
  if (mapRunArn === undefined) return account.executionsOf(findStateMachine(input, account).arn);
  const mapRun = account.mapRuns.get(mapRunArn);
  if (!mapRun) throw faults.resourceNotFound(mapRunArn);
  return mapRun.children;
}

function describe({ plan, status, startedAt, stoppedAt }: Execution): object {
  return {
    executionArn: plan.arn,
    stateMachineArn: plan.stateMachine.arn,
    name: plan.name,
    status,
    startDate: new Date(startedAt),
    stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
    mapRunArn: plan.mapRunArn,
    redriveCount: 0,
  };
}
