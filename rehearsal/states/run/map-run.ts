import type { MapState } from '../language/definition.ts';
import type { Execution } from './execution.ts';

/** How a distributed Map's children stand, as DescribeMapRun counts them. */
export class MapRun {
  readonly arn: string;
  readonly state: MapState;
  readonly parent: Execution;
  readonly children: Execution[] = [];
  readonly total: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly startedAt: number;
  stoppedAt?: number;
  /** Children that closed otherwise than well. */
  failures = 0;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' = 'RUNNING';

  constructor(options: MapRunOptions) {
    this.arn = options.arn;
    this.state = options.state;
    this.parent = options.parent;
    this.total = options.total;
    this.maxConcurrency = options.maxConcurrency;
    this.toleratedFailureCount = options.toleratedFailureCount;
    this.toleratedFailurePercentage = options.toleratedFailurePercentage;
    this.startedAt = options.startedAt;
  }

  count(status: Execution['status']): number {
    return this.children.filter((child) => child.status === status).length;
  }

  /** More children failed than either limit tolerates. A percentage alone lifts the count of 0, and the other way round. */
  get failsForGood(): boolean {
    const { failures } = this;
    if (failures === 0) return false;
    const overCount = failures > this.toleratedFailureCount;
    const overPercentage = (failures / this.total) * 100 > this.toleratedFailurePercentage;
    if (this.toleratedFailureCount === 0) return overPercentage;
    if (this.toleratedFailurePercentage === 0) return overCount;
    return overCount || overPercentage;
  }
}

type MapRunOptions = Pick<
  MapRun,
  | 'arn'
  | 'state'
  | 'parent'
  | 'total'
  | 'maxConcurrency'
  | 'toleratedFailureCount'
  | 'toleratedFailurePercentage'
  | 'startedAt'
>;
