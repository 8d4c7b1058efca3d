import { randomUUID } from 'node:crypto';
import type { Ground } from '../part.ts';
import type { Stack, StackResource } from './stack.ts';
import type { Template } from './template.ts';

/** The account's stacks, and the history of each, which the journal hears too. */
export class StackRegister {
  readonly #ground: Ground;
  readonly #stacks = new Map<string, Stack>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The stack of this name; a new one, still empty, when there is none. */
  named(name: string, template: Template): Stack {
    const known = this.#stacks.get(name);
    if (known) return known;
    const { region, accountId, clock } = this.#ground;
    const stack: Stack = {
      name,
      id: `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`,
      createdAtMs: clock.now(),
      status: 'CREATE_IN_PROGRESS',
      template,
      parameters: {},
      resources: new Map(),
      outputs: [],
      events: [],
    };
    this.#stacks.set(name, stack);
    return stack;
  }

  find(nameOrId: unknown): Stack | undefined {
    return this.all().find(({ name, id }) => name === nameOrId || id === nameOrId);
  }

  /** In the order in which they were made. */
  all(): Stack[] {
    return [...this.#stacks.values()];
  }

  /** @throws Error when no stack exports this name */
  exported(exportName: string): string {
    const found = this.all()
      .flatMap(({ outputs }) => outputs)
      .find((output) => output.exportName === exportName);
    if (!found) throw new Error(`No stack exports ${exportName}`);
    return found.value;
  }

  /** A resource of the stack reached a status. */
  report(
    stack: Stack,
    { logicalId, type, physicalId }: Pick<StackResource, 'logicalId' | 'type' | 'physicalId'>,
    status: string,
    reason?: string,
  ): void {
    const because = reason === undefined ? {} : { reason };
    const atMs = this.#ground.clock.now();
    stack.events.push({ eventId: randomUUID(), logicalId, type, physicalId, status, ...because, atMs });
    this.#ground.journal.record({ kind: 'resource', stackName: stack.name, logicalId, type, status, ...because });
  }

  /** The stack itself reached a status. */
  enter(stack: Stack, status: string, reason?: string): void {
    stack.status = status;
    if (reason === undefined) delete stack.statusReason;
    else stack.statusReason = reason;
    this.report(
      stack,
      { logicalId: stack.name, type: 'AWS::CloudFormation::Stack', physicalId: stack.id },
      status,
      reason,
    );
  }
}
