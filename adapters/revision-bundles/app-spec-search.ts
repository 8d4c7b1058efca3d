import { posix } from 'node:path';

import { appSpecPaths, isRevision } from '../../core/app-spec/index.ts';

/** Finds the AppSpec among the entries of a bundle, which come one by one, as a host finds it once all are unpacked. */
export class AppSpecSearch {
  readonly #wanted = appSpecPaths();
  readonly #isWrapped: boolean;
  /** What lies at the top. With a second name there, the first is no directory that was put around everything. */
  readonly #tops = new Set<string>();
  readonly #inOnlyTop: string[] = [];
  readonly #candidates = new Set<string>();

  /** @param isWrapped whether a directory is known to be around everything */
  constructor(isWrapped = false) {
    this.#isWrapped = isWrapped;
  }

  /** @returns the path of an entry that may be what is searched for; undefined for all others */
  see(name: string, isFile: boolean): string | undefined {
    const path = posix.normalize(name).replace(/^\/+|\/+$/g, '');
    if (path === '' || path === '.') return undefined;
    const [top = '', inner, ...deeper] = path.split('/');
    if (this.#tops.size < 2) this.#tops.add(top);
    if (deeper.length > 0 || (inner !== undefined && this.#tops.size > 1)) return undefined;
    if (inner !== undefined) this.#inOnlyTop.push(inner);
    if (!isFile || !this.#wanted.includes(inner ?? top)) return undefined;
    this.#candidates.add(path);
    return path;
  }

  /** The AppSpec, if nothing that is still to come can take its place. */
  foundForSure(): string | undefined {
    const [mostWanted = ''] = this.#wanted;
    const path = this.#isWrapped ? this.#inTop(mostWanted) : mostWanted;
    return this.#candidates.has(path) ? path : undefined;
  }

  /** The AppSpec, once all entries were seen. */
  found(): string | undefined {
    const isWrapped = this.#isWrapped || (this.#tops.size === 1 && isRevision(this.#inOnlyTop));
    const paths = isWrapped ? this.#wanted.map((name) => this.#inTop(name)) : this.#wanted;
    return paths.find((path) => this.#candidates.has(path));
  }

  #inTop(name: string): string {
    const [top = ''] = this.#tops;
    return `${top}/${name}`;
  }
}
