import { resourceTagsKey } from './keys.ts';
import type { Table } from './table.ts';

/** Tags on applications, deployment groups and deployment configs, by the id of the resource: a rename changes nothing. */
export interface ResourceTags {
  /** Values by key. */
  of(resourceId: string): Promise<Readonly<Record<string, string>>>;
  /** Adds tags; one that is there gets its new value. */
  add(resourceId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Removes tags by their keys; those that are not there do not matter. */
  remove(resourceId: string, keys: readonly string[]): Promise<void>;
  /** Removes them all, because the resource is gone. */
  forget(resourceId: string): Promise<void>;
}

/** Tags in the table: an item for each resource, an attribute for each tag, so that two callers do not undo each other. */
export class TableResourceTags implements ResourceTags {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async of(resourceId: string): Promise<Readonly<Record<string, string>>> {
    const item = (await this.#table.get(resourceTagsKey(resourceId))) ?? {};
    const tags = Object.entries(item).filter(([name]) => name.startsWith(PREFIX));
    return Object.fromEntries(tags.map(([name, value]) => [name.slice(PREFIX.length), String(value)]));
  }

  async add(resourceId: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const entries = Object.entries(tags);
    if (entries.length === 0) return;
    await this.#table.update(resourceTagsKey(resourceId), {
      update: `SET ${entries.map((_, index) => `#tag${index} = :tag${index}`).join(', ')}`,
      names: Object.fromEntries(entries.map(([key], index) => [`#tag${index}`, PREFIX + key])),
      values: Object.fromEntries(entries.map(([, value], index) => [`:tag${index}`, value])),
    });
  }

  async remove(resourceId: string, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#table.update(resourceTagsKey(resourceId), {
      update: `REMOVE ${keys.map((_, index) => `#tag${index}`).join(', ')}`,
      names: Object.fromEntries(keys.map((key, index) => [`#tag${index}`, PREFIX + key])),
    });
  }

  async forget(resourceId: string): Promise<void> {
    await this.#table.delete(resourceTagsKey(resourceId), {});
  }
}

const PREFIX = 'tag#';
