import type { Ground } from '../part.ts';
import { redriveOf } from './redrive.ts';
import type { Execution } from './run/execution.ts';

/**
 * Tells the journal and EventBridge that an execution's status changed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function announce(execution: Execution, { journal, emit }: Ground): void {
  const { arn, stateMachine } = execution.plan;
  const { status } = execution;
  journal.record({ kind: 'execution', stateMachineName: stateMachine.name, executionArn: arn, status });
  emit({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [arn],
    detail: detailOf(execution),
  });
}

function detailOf(execution: Execution): Readonly<Record<string, unknown>> {
  const { plan, outputText, failure, stoppedAt } = execution;
  return {
    executionArn: plan.arn,
    stateMachineArn: plan.stateMachine.arn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name: plan.name,
    status: execution.status,
    startDate: Math.round(execution.startedAt),
    stopDate: stoppedAt === undefined ? null : Math.round(stoppedAt),
    input: execution.inputText,
    inputDetails: { included: true },
    output: outputText ?? null,
    outputDetails: outputText === undefined ? null : { included: true },
    error: failure?.error ?? null,
    cause: failure?.cause ?? null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: redriveOf(execution).redriveStatus,
    redriveStatusReason: redriveOf(execution).redriveStatusReason ?? null,
  };
}
