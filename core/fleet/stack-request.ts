/** The resource of a stack on whose behalf something is deployed. */
export interface StackResource {
  readonly stackId: string;
  readonly logicalResourceId: string;
}

/** A request of CloudFormation that waits for the verdict on a deployment. */
export interface StackRequest extends StackResource {
  readonly requestId: string;
  readonly physicalResourceId: string;
  /** Whoever has it may answer in the stack's name: it stays out of logs. */
  readonly responseUrl: string;
  /** When CloudFormation is told that the deployment still runs, milliseconds since the epoch. */
  readonly deadlineMs: number;
  /** Of a stack that goes back: it must arrive there whatever becomes of the deployment. */
  readonly isRollback: boolean;
}

/** Whether the deployment took longer than its stack waits. */
export function hasWaitedLongEnough({ deadlineMs }: StackRequest, nowMs: number): boolean {
  return nowMs >= deadlineMs;
}
