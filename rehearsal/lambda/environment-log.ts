import type { Surroundings } from './surroundings.ts';

/** The log stream of one execution environment. */
export class EnvironmentLog {
  readonly #append: (message: string, at: number) => void;
  #sinceStart: string[] = [];

  /** @param mayWrite whether the function's role may: without leave, the lines are lost, as on AWS */
  constructor(logs: Surroundings['logs'], logGroup: string, logStream: string, mayWrite: Promise<boolean>) {
    this.#append = (message, at) => {
      void mayWrite.then((allowed) => {
        if (allowed) logs.append(logGroup, logStream, message, at);
      });
    };
  }

  /** @param at rehearsed milliseconds since the epoch */
  write(message: string, at: number): void {
    this.#sinceStart.push(message);
    this.#append(message, at);
  }

  /** The lines written since this was last called: those of one run. */
  take(): string[] {
    const taken = this.#sinceStart;
    this.#sinceStart = [];
    return taken;
  }
}
