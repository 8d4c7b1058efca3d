import type { Surroundings } from './surroundings.ts';

/** The log stream of one execution environment. */
export class EnvironmentLog {
  readonly #append: (message: string, at: number) => void;
  #sinceStart: string[] = [];

  constructor(logs: Surroundings['logs'], logGroup: string, logStream: string) {
    this.#append = (message, at) => {
      logs.append(logGroup, logStream, message, at);
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
