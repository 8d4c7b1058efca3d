import type { Application } from '../../core/application.ts';
import type { Page } from './page.ts';
import { applicationKey, applicationNameKey, applicationRecords, APPLICATION_NAMES } from './keys.ts';
import type { Item, Table } from './table.ts';

/** Applications, however they came to be: by the API, or with the first deployment group that a template declares. */
export interface Applications {
  byName(applicationName: string): Promise<Application | undefined>;
  /** Names in alphabetical order. */
  names(after: string | undefined, limit: number): Promise<Page<string>>;
  create(application: Omit<Application, 'recordName'>): Promise<'created' | 'exists'>;
  /** Gives it another name. Whoever repeats a call that broke off completes it. `exists`: the name is another's. */
  rename(application: Application, newName: string): Promise<'renamed' | 'exists'>;
  /** Lets it outlive the deployment groups that templates declare in it. `gone`: it is no more. */
  keep(application: Application): Promise<'kept' | 'gone'>;
  /** Deletes it with all that its name leads to. Whoever repeats a call that broke off completes it. */
  delete(application: Application): Promise<void>;
}

/**
 * Applications in the table: a record, and a name that points to it. The record holds the keys of everything in the
 * application and never moves; a rename changes the pointer alone.
 */
export class TableApplications implements Applications {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async byName(applicationName: string): Promise<Application | undefined> {
    const pointer = await this.#pointer(applicationName);
    const application = pointer && (await this.#record(pointer));
    return application && { ...application, applicationName };
  }

  async names(after: string | undefined, limit: number): Promise<Page<string>> {
    const { items, last } = await this.#table.query(APPLICATION_NAMES, { after, limit });
    return { items: items.map(({ sk }) => String(sk)), last };
  }

  async create(application: Omit<Application, 'recordName'>): Promise<'created' | 'exists'> {
    const { applicationId, applicationName } = application;
    const created = await this.#createRecord(application);
    const pointer: Pointer = { applicationId, recordName: created.recordName };
    if (await this.#point(applicationName, pointer)) return 'created';
    await this.#deleteRecord(created);
    return 'exists';
  }

  async rename(application: Application, newName: string): Promise<'renamed' | 'exists'> {
    const { applicationId, applicationName, recordName } = application;
    if (!(await this.#point(newName, { applicationId, recordName }))) return 'exists';
    await this.#table.update(applicationKey(recordName), {
      update: 'SET applicationName = :new',
      condition: 'applicationId = :id',
      values: { ':new': newName, ':id': applicationId },
    });
    await this.#deletePointer(applicationName, applicationId);
    return 'renamed';
  }

  async keep({ applicationId, recordName }: Application): Promise<'kept' | 'gone'> {
    const outcome = await this.#table.update(applicationKey(recordName), {
      update: 'SET isKept = :kept',
      condition: 'applicationId = :id',
      values: { ':id': applicationId, ':kept': true },
    });
    return outcome === 'refused' ? 'gone' : 'kept';
  }

  async delete(application: Application): Promise<void> {
    const { applicationId, applicationName, recordName } = application;
    const records = applicationRecords(recordName);
    for (let after: string | undefined, done = false; !done;) {
      const { items, last } = await this.#table.query(records, { after, limit: RECORDS_AT_ONCE });
      const others = items.map(({ sk }) => String(sk)).filter((sk) => sk !== applicationKey(recordName).sk);
      await Promise.all(others.map((sk) => this.#table.delete({ pk: records, sk }, {})));
      after = last;
      done = last === undefined;
    }
    await this.#deletePointer(applicationName, applicationId);
    await this.#deleteRecord(application);
  }

  async #pointer(applicationName: string): Promise<Pointer | undefined> {
    return (await this.#table.get(applicationNameKey(applicationName))) as Pointer | undefined;
  }

  /** The record that a pointer leads to; undefined when a deletion broke off before the pointer was gone. */
  async #record({ applicationId, recordName }: Pointer): Promise<Application | undefined> {
    const item = await this.#table.get(applicationKey(recordName));
    return item?.['applicationId'] === applicationId ? applicationIn(item, recordName) : undefined;
  }

  /** A name may have been another application's first one: then its records still stand there, and these go elsewhere. */
  async #createRecord(application: Omit<Application, 'recordName'>): Promise<Application> {
    for (const recordName of [application.applicationName, application.applicationId]) {
      const guard = { condition: 'attribute_not_exists(pk)' };
      if ((await this.#table.put(applicationKey(recordName), { ...application, isKept: true }, guard)) === 'done') {
        return { ...application, recordName };
      }
    }
    throw new Error(`There is a record of ${application.applicationId} already, though the id is new`);
  }

  /** @returns whether the name now leads there, or did before */
  async #point(applicationName: string, pointer: Pointer): Promise<boolean> {
    const before = await this.#pointer(applicationName);
    if (before && before.applicationId !== pointer.applicationId && (await this.#record(before))) return false;
    const outcome = await this.#table.put(
      applicationNameKey(applicationName),
      { ...pointer },
      {
        condition: 'attribute_not_exists(pk) OR applicationId = :id',
        values: { ':id': before?.applicationId ?? pointer.applicationId },
      },
    );
    return outcome === 'done';
  }

  async #deletePointer(applicationName: string, applicationId: string): Promise<void> {
    await this.#table.delete(applicationNameKey(applicationName), {
      condition: 'applicationId = :id',
      values: { ':id': applicationId },
    });
  }

  async #deleteRecord({ applicationId, recordName }: Application): Promise<void> {
    await this.#table.delete(applicationKey(recordName), {
      condition: 'applicationId = :id',
      values: { ':id': applicationId },
    });
  }
}

/** Where a name leads. */
interface Pointer {
  readonly applicationId: string;
  readonly recordName: string;
}

/** Deleted side by side; a table on demand takes far more. */
const RECORDS_AT_ONCE = 25;

function applicationIn(item: Item, recordName: string): Application {
  const { applicationId, applicationName, computePlatform, createdAtMs } = item as unknown as Application;
  return { applicationId, applicationName, recordName, computePlatform, createdAtMs };
}
