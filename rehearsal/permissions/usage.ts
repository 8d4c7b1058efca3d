import type { StatementReference } from './evaluate.ts';
import { statementsOf, type Policies, type Statement } from './policies.ts';

/** One statement of the account's policies, and what of it was never needed. */
export interface StatementUse extends StatementReference {
  /** The role, or the resource, that carries the policy. */
  readonly attachedTo: string;
  readonly kind: 'identity' | 'trust' | 'resource';
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Calls that it decided. */
  readonly calls: number;
  /** Of those, the ones that no other statement decided with it: without it they would have ended otherwise. */
  readonly callsAlone: number;
  /** Of its actions and resources, as they are written there: those that no call asked for. */
  readonly unusedActions: readonly string[];
  readonly unusedResources: readonly string[];
}

interface Use {
  calls: number;
  callsAlone: number;
  readonly actions: Set<string>;
  readonly resources: Set<string>;
}

/** Counts which statements decided about calls. */
export class Usage {
  readonly #uses = new Map<string, Use>();

  /** A call for an action on a resource, and every statement that decided it. */
  record(decisive: readonly StatementReference[], action: string, resource: string): void {
    for (const { policyId, index } of decisive) {
      const key = `${policyId}#${index}`;
      const use = this.#uses.get(key) ?? { calls: 0, callsAlone: 0, actions: new Set(), resources: new Set() };
      use.calls += 1;
      if (decisive.length === 1) use.callsAlone += 1;
      use.actions.add(action);
      use.resources.add(resource);
      this.#uses.set(key, use);
    }
  }

  /** Every statement of the account, used or not. */
  report(policies: Policies): StatementUse[] {
    return [...policies.all()].flatMap(({ id, document, attachedTo, kind }) =>
      statementsOf(document).map((statement, index): StatementUse => {
        const use = this.#uses.get(`${id}#${index}`);
        const [actions, resources] = [listIn(statement, 'Action'), listIn(statement, 'Resource')];
        return {
          policyId: id,
          index,
          attachedTo,
          kind,
          effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
          actions,
          resources,
          calls: use?.calls ?? 0,
          callsAlone: use?.callsAlone ?? 0,
          unusedActions: actions.filter((pattern) => !matchesAny(pattern, use?.actions)),
          unusedResources: resources.filter((pattern) => !matchesAny(pattern, use?.resources)),
        };
      }),
    );
  }
}

const listIn = (statement: Statement, member: string): string[] => [statement[member] ?? []].flat().map(String);

const matchesAny = (pattern: string, values: ReadonlySet<string> = new Set()): boolean => {
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'i');
  return [...values].some((value) => expression.test(value));
};

/** A question mark stands for one character. */
const escaped = (text: string): string => text.replace(/[\\^$.+()[\]{}|]/g, '\\$&').replaceAll('?', '.');
