import type { DeploymentStatus } from '../../core/fleet/deployment-status.ts';
import { LISTS } from '../../core/deployment-lists.ts';
import { ACCOUNT, createdAsOf } from './keys.ts';
import type { Page } from './page.ts';
import type { Item, Table } from './table.ts';

/** Which deployments are asked for. */
export interface DeploymentQuery {
  /** @default those of all groups */
  readonly deploymentGroupId?: string | undefined;
  /** @default any */
  readonly statuses?: readonly DeploymentStatus[] | undefined;
  /** Created at or after, in milliseconds since the epoch. */
  readonly fromMs?: number | undefined;
  /** Created at or before. */
  readonly toMs?: number | undefined;
  /** Where the last page ended. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** All deployments, to fleets as well as to single hosts that launch or leave. */
export interface DeploymentList {
  /** Ids of deployments, newest first. A list may lag behind the records by a moment. */
  ids(query: DeploymentQuery): Promise<Page<string>>;
}

/** Deployments by the two indexes of the table. */
export class TableDeploymentList implements DeploymentList {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async ids(query: DeploymentQuery): Promise<Page<string>> {
    if (isEmpty(query)) return { items: [], last: undefined };
    const found: string[] = [];
    let after = query.after;
    do {
      const page = await this.#table.queryIndex(selectionOf(query, after, query.limit - found.length));
      found.push(...page.items.map(idIn));
      after = page.last;
    } while (after !== undefined && found.length < query.limit);
    return { items: found, last: after };
  }
}

function selectionOf(query: DeploymentQuery, after: string | undefined, limit: number) {
  const list = query.deploymentGroupId === undefined ? LISTS.ofAccount : LISTS.ofGroup;
  return {
    ...list,
    value: query.deploymentGroupId ?? ACCOUNT,
    from: createdAsOf(Math.max(query.fromMs ?? 0, 0), ''),
    to: createdAsOf(Math.min(query.toMs ?? LAST_MS, LAST_MS), '~'),
    after,
    limit,
    ...(query.statuses && query.statuses.length > 0 && { attribute: 'status', oneOf: storedAs(query.statuses) }),
  };
}

/** An index refuses a range that ends before it begins. */
function isEmpty({ fromMs = 0, toMs = LAST_MS }: DeploymentQuery): boolean {
  return toMs < 0 || fromMs > LAST_MS || fromMs > toMs;
}

/** The last moment whose text is as long as that of any other. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** A deployment to one host with nothing to do is `Skipped`, and none of CodeDeploy's deployments is. */
function storedAs(statuses: readonly DeploymentStatus[]): readonly string[] {
  return statuses.includes('Succeeded') ? [...statuses, 'Skipped'] : statuses;
}

function idIn({ pk }: Item): string {
  return String(pk).slice('DEPLOYMENT#'.length);
}
