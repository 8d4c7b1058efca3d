import type { BusEvent } from '../part.ts';
import type { MetricId } from './metric-store.ts';

/** By status of the execution. */
const METRIC_NAMES: Readonly<Record<string, string>> = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** The metric that Step Functions counts when an execution changes its status; undefined for any other event. */
export function stateMachineMetric({ source, detail }: BusEvent): MetricId | undefined {
  const { status, stateMachineArn } = detail;
  if (source !== 'aws.states' || typeof status !== 'string' || typeof stateMachineArn !== 'string') return undefined;
  const name = METRIC_NAMES[status];
  return name ? { namespace: 'AWS/States', name, dimensions: { StateMachineArn: stateMachineArn } } : undefined;
}
