import { createHash } from 'node:crypto';

import type { Application } from '../../core/application.ts';
import {
  type ApplicationRevision,
  type RegisteredRevision,
  revisionIdentity,
} from '../../core/application-revisions/application-revision.ts';
import { applicationRecords, revisionKey, revisionPrefix } from './keys.ts';
import type { Page } from './page.ts';
import type { Item, Table } from './table.ts';

/** What registers a revision that nobody registered before: a deployment of it. */
export interface Use {
  readonly deploymentId: string;
  /** When the deployment was created. */
  readonly atMs: number;
  readonly checkedState?: string | undefined;
}

/** What a caller says of a revision that it registers. */
export interface Registration {
  readonly description: string | undefined;
  readonly atMs: number;
  readonly checkedState?: string | undefined;
}

/** Revisions that applications know. */
export interface ApplicationRevisions {
  byIdentity(application: Application, revision: ApplicationRevision): Promise<RegisteredRevision | undefined>;
  /** A page of an application's revisions, in no order that means anything. @param after as the last page gave it */
  page(application: Application, after: string | undefined, limit: number): Promise<Page<RegisteredRevision>>;
  /** Registers a revision; one that is there gets the description, if there is one. */
  register(application: Application, revision: ApplicationRevision, as: Registration): Promise<void>;
  /** Notes that a deployment of the revision was created, and registers the revision unless it is. Repeating is harmless. */
  use(application: Application, revision: ApplicationRevision, use: Use): Promise<void>;
}

/**
 * Revisions in the table: an item for each, with its application's records, under the application's id. What a deletion
 * left behind is thus not found by an application that is created under the same name.
 */
export class TableApplicationRevisions implements ApplicationRevisions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async byIdentity(application: Application, revision: ApplicationRevision): Promise<RegisteredRevision | undefined> {
    const item = await this.#table.get(keyOf(application, revision));
    return item && revisionIn(item);
  }

  async page(application: Application, after: string | undefined, limit: number): Promise<Page<RegisteredRevision>> {
    const prefix = revisionPrefix(application);
    const { items, last } = await this.#table.query(applicationRecords(application.recordName), {
      prefix,
      after: after && prefix + after,
      limit,
    });
    return { items: items.map(revisionIn), last: last?.slice(prefix.length) };
  }

  async register(
    application: Application,
    revision: ApplicationRevision,
    { description, atMs, checkedState }: Registration,
  ): Promise<void> {
    // Without a description it has an empty one, by which a later use sees that somebody registered it.
    const setDescription = description ? ':description' : 'if_not_exists(description, :description)';
    await this.#table.update(keyOf(application, revision), {
      update: `${SET_REVISION}, description = ${setDescription}${setChecked(checkedState)}`,
      values: {
        ...{ ':revision': revision, ':at': atMs, ':description': description ?? '' },
        ...(checkedState !== undefined && { ':checked': checkedState }),
      },
    });
  }

  async use(application: Application, revision: ApplicationRevision, use: Use): Promise<void> {
    const { deploymentId, atMs, checkedState } = use;
    await this.#table.update(keyOf(application, revision), {
      update:
        `${SET_REVISION}, description = if_not_exists(description, :description), ` +
        `firstUsedAtMs = if_not_exists(firstUsedAtMs, :at), lastUsedAtMs = :at${setChecked(checkedState)}`,
      // Whoever is refused comes late: a later use has registered it and set both times.
      condition: 'attribute_not_exists(lastUsedAtMs) OR lastUsedAtMs < :at',
      values: {
        ':revision': revision,
        ':at': atMs,
        ':description': `Application revision registered by Deployment ID: ${deploymentId}`,
        ...(checkedState !== undefined && { ':checked': checkedState }),
      },
    });
  }
}

const SET_REVISION =
  'SET revision = if_not_exists(revision, :revision), registeredAtMs = if_not_exists(registeredAtMs, :at)';

function setChecked(checkedState: string | undefined): string {
  return checkedState === undefined ? '' : ', checkedState = :checked';
}

/** Keys of objects in S3 are as long as a sort key may be at all, hence a digest. */
function keyOf(application: Application, revision: ApplicationRevision) {
  return revisionKey(application, createHash('sha256').update(revisionIdentity(revision)).digest('hex'));
}

function revisionIn(item: Item): RegisteredRevision {
  const registered = item as unknown as RegisteredRevision;
  const { revision, description, registeredAtMs, firstUsedAtMs, lastUsedAtMs, checkedState } = registered;
  return {
    revision,
    registeredAtMs,
    ...(description && { description }),
    ...(firstUsedAtMs !== undefined && { firstUsedAtMs }),
    ...(lastUsedAtMs !== undefined && { lastUsedAtMs }),
    ...(checkedState !== undefined && { checkedState }),
  };
}
