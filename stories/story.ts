import type { StatementUse } from '../rehearsal/index.ts';
import type { Bill } from './bill/bill.ts';
import type { DeploymentExecution } from './executions.ts';
import type { Stage } from './stage.ts';
import type { InstanceTimeline } from './timeline/collect.ts';

/** Something that a user can see happen by `npm start -- NAME`. */
export interface Story<Outcome = unknown> {
  readonly name: string;
  /** A line of the help text. */
  readonly summary: string;
  /** A TypeScript program that synthesizes the stacks. @default the CDK app of `bin/` */
  readonly app?: string;
  /** Settings of all its assemblies, as `-c` gives them to `cdk deploy`. @default none */
  readonly settings?: Readonly<Record<string, string>>;
  /** The sample that the stacks declare at first. @default `web-app` */
  readonly revision?: string;
  /** Rehearsed seconds per second, unless the command line says otherwise. @default 60 */
  readonly speed?: number;
  /** Whether `--aws-agent` makes sense for it. @default false */
  readonly bearsAwsAgent?: boolean;
  /**
   * Plays it on the provisioned stacks.
   * @throws Deviation, or any other error, when something goes otherwise than the story says
   */
  tell(stage: Stage): Promise<Outcome>;
  /** What is printed below it. @default the warnings of the rehearsal only */
  report?(result: StoryResult<Outcome>): string;
}

/** A story's end: what happened, what it would have cost, and why it went otherwise if it did. */
export interface StoryResult<Outcome = unknown> {
  /** The reason, when something went otherwise than the story says. */
  readonly failure?: string;
  /** What the story measured; absent when it broke off. */
  readonly outcome?: Outcome;
  /** Rehearsed time, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly wallMs: number;
  readonly timelines: readonly InstanceTimeline[];
  readonly executions: readonly DeploymentExecution[];
  readonly bill: Bill;
  /** Every statement of the templates' policies, with the calls that it decided. */
  readonly permissions: readonly StatementUse[];
  /** What the rehearsal thought a person should know. */
  readonly warnings: readonly string[];
}
