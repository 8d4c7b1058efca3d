import type { HostRule } from './host-rules.ts';

/** Hosts whose next installations fail at their start script. */
export class FailingRevisions {
  #toFail = 0;
  readonly #failing = new Set<number>();

  /** So many of the installations to come fail; later ones succeed again. */
  failNext(installations: number): void {
    this.#toFail = installations;
  }

  /** An event without a script is asked for ahead of time; the download of a bundle is not, and begins an installation. */
  readonly rule: HostRule = (event, nth) => {
    if (event === 'DownloadBundle') this.#begin(nth);
    return event === 'ApplicationStart' && this.#failing.has(nth) ? 'fail' : 'succeed';
  };

  #begin(nth: number): void {
    if (this.#toFail > 0) this.#failing.add(nth);
    else this.#failing.delete(nth);
    this.#toFail = Math.max(0, this.#toFail - 1);
  }
}
