import type { Rehearsal } from '../rehearsal/index.ts';
import type { Assemblies } from './assemblies.ts';
import type { Executions } from './executions.ts';
import type { Narrator } from './narrator.ts';

/** What every story is told on: a running cloud, its executions, what can be deployed to it, and someone to tell it to. */
export interface Stage {
  readonly rehearsal: Rehearsal;
  readonly executions: Executions;
  readonly assemblies: Assemblies;
  readonly narrator: Narrator;
  /** Whether instances run AWS's own agent in place of ours. */
  readonly hasAwsAgent: boolean;
}
