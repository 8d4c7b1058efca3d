import { NOTHING_OWED, type StandbyNote } from '../../core/traffic/standby.ts';
import { expiresAt, STANDBY_NOTES, standbyNoteKey } from './keys.ts';
import type { Item, Table } from './table.ts';

/** A note as it was read; 0 is the version of one that nobody has written. */
export interface ReadStandbyNote extends StandbyNote {
  readonly version: number;
}

/** What Auto Scaling groups are owed for their hosts that stand by. */
export interface StandbyNotes {
  of(autoScalingGroupName: string): Promise<ReadStandbyNote>;
  /** Names of the Auto Scaling groups that were ever noted, and not forgotten since. */
  names(): Promise<readonly string[]>;
  /** Writes over the note that was read. `refused`: there is another by now. */
  write(autoScalingGroupName: string, before: ReadStandbyNote, note: StandbyNote): Promise<ReadStandbyNote | 'refused'>;
}

/** Notes in the table, one item for each Auto Scaling group. They are emptied and not deleted: versions only grow. */
export class TableStandbyNotes implements StandbyNotes {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async of(autoScalingGroupName: string): Promise<ReadStandbyNote> {
    const item = await this.#table.get(standbyNoteKey(autoScalingGroupName));
    return item ? noteIn(item) : { ...NOTHING_OWED, version: 0 };
  }

  async names(): Promise<readonly string[]> {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await this.#table.query(STANDBY_NOTES, { after, only: ['sk'] });
      names.push(...page.items.map(({ sk }) => String(sk)));
      after = page.last;
    } while (after !== undefined);
    return names;
  }

  async write(
    autoScalingGroupName: string,
    { version }: ReadStandbyNote,
    { hosts, loweredTo, minSize, change }: StandbyNote,
  ): Promise<ReadStandbyNote | 'refused'> {
    const note: StandbyNote = {
      hosts,
      loweredTo,
      ...(minSize !== undefined && { minSize }),
      ...(change && { change }),
    };
    const outcome = await this.#table.update(standbyNoteKey(autoScalingGroupName), {
      update: 'SET note = :note, version = :next, expiresAt = :expiresAt',
      condition: version === 0 ? 'attribute_not_exists(pk)' : 'version = :version',
      values: {
        ':note': note,
        ':next': version + 1,
        ':expiresAt': expiresAt(this.#clock()),
        ...(version > 0 && { ':version': version }),
      },
    });
    return outcome === 'refused' ? 'refused' : noteIn(outcome);
  }
}

function noteIn({ note, version }: Item): ReadStandbyNote {
  return { ...(note as StandbyNote), version: version as number };
}
