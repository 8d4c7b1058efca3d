import { faults } from './faults.ts';
import type { MapRun } from '../run/map-run.ts';
import type { Operation } from './operation.ts';

/** @throws ResourceNotFound */
export const describeMapRun: Operation = (input, { mapRuns }) => {
  const arn = input.arn('mapRunArn');
  const mapRun = mapRuns.get(arn);
  if (!mapRun) throw faults.resourceNotFound(arn);
  return {
    mapRunArn: arn,
    executionArn: mapRun.parent.plan.arn,
    status: mapRun.status,
    startDate: new Date(mapRun.startedAt),
    stopDate: mapRun.stoppedAt === undefined ? undefined : new Date(mapRun.stoppedAt),
    maxConcurrency: Number.isFinite(mapRun.maxConcurrency) ? mapRun.maxConcurrency : 0,
    toleratedFailureCount: mapRun.toleratedFailureCount,
    toleratedFailurePercentage: mapRun.toleratedFailurePercentage,
    itemCounts: counts(mapRun),
    executionCounts: counts(mapRun),
    redriveCount: 0,
  };
};

/** Batches are counted as one item: what is inside them is not looked at. */
function counts(mapRun: MapRun): object {
  return {
    pending: mapRun.total - mapRun.children.length,
    running: mapRun.count('RUNNING'),
    succeeded: mapRun.count('SUCCEEDED'),
    failed: mapRun.count('FAILED'),
    timedOut: mapRun.count('TIMED_OUT'),
    aborted: mapRun.count('ABORTED'),
    total: mapRun.total,
    resultsWritten: 0,
  };
}
