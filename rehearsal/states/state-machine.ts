import { randomUUID } from 'node:crypto';
import type { Definition } from './language/definition.ts';

/** What an author may set and change. */
interface StateMachineSettings {
  readonly definitionText: string;
  readonly roleArn: string;
  readonly loggingConfiguration: object;
  readonly tracingConfiguration: object;
}

export interface StateMachine extends StateMachineSettings {
  readonly arn: string;
  readonly name: string;
  readonly definition: Definition;
  /** Rehearsed milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Absent until the first update. */
  readonly revisionId?: string;
  readonly tags: ReadonlyMap<string, string>;
}

export const DEFAULT_SETTINGS = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
};

/** The machine after an update. Executions that run keep the definition they started with. */
export function revise(
  machine: StateMachine,
  change: Partial<StateMachineSettings> & { definition?: Definition },
  updatedAt: number,
): StateMachine {
  return { ...machine, ...change, updatedAt, revisionId: randomUUID() };
}
