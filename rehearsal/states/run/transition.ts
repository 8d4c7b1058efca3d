import type { Thread } from './thread.ts';

/** One billed transition: a state entered, or tried again. */
export function recordTransition({ engine, execution }: Thread, stateName: string): void {
  const { arn, stateMachine } = execution.plan;
  engine.ground.journal.record({
    kind: 'transition',
    stateMachineName: stateMachine.name,
    executionArn: arn,
    stateName,
  });
}
