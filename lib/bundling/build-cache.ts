import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './bundle.ts';

const KEPT_PER_FAMILY = 4;

/** What takes seconds to make and is the same whenever it is made from the same things. */
export class BuildCache {
  readonly #directory: string;

  /** @param directory is made when first needed. @default a directory that git and npm leave alone */
  constructor(directory = join(REPOSITORY, 'node_modules/.cache/slipway')) {
    this.#directory = directory;
  }

  /**
   * The file made from `fingerprint`; made now if it is not there yet. It appears under its name only when it is
   * complete, so that neither an interruption nor another process at the same work leaves half of one.
   * @param family files that replace each other over time: of those, only the latest used are kept
   * @param make writes the file; the directory beside it is thrown away
   * @returns its path, not to be written to
   */
  file(family: string, fingerprint: string, make: (file: string) => void): string {
    const file = join(this.#directory, family, fingerprint);
    if (existsSync(file)) {
      const now = new Date();
      utimesSync(file, now, now);
      return file;
    }
    mkdirSync(join(this.#directory, family), { recursive: true });
    const workshop = mkdtempSync(join(this.#directory, 'unfinished-'));
    try {
      const unfinished = join(workshop, fingerprint);
      make(unfinished);
      renameSync(unfinished, file);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
    this.#forgetOldest(family);
    return file;
  }

  #forgetOldest(family: string): void {
    const directory = join(this.#directory, family);
    const usedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const latestFirst = readdirSync(directory)
      .map((name) => join(directory, name))
      .sort((one, other) => usedAt(other) - usedAt(one));
    for (const file of latestFirst.slice(KEPT_PER_FAMILY)) rmSync(file, { force: true });
  }
}
