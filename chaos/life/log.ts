import type { Fields, Telemetry } from '../../lambdas/telemetry.ts';
import type { Clock } from '../../rehearsal/clock.ts';

/** What a life tells when it is asked why it failed: the functions' own words, and what was done to them. */
export class Log implements Telemetry {
  readonly lines: string[] = [];
  readonly #clock: Clock;
  readonly #startMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMs = clock.now();
  }

  tell(line: string): void {
    const seconds = (this.#clock.now() - this.#startMs) / 1000;
    this.lines.push(`${seconds.toFixed(1).padStart(8)} s  ${line}`);
  }

  info(message: string, fields: Fields = {}): void {
    this.tell(`${message} ${written(fields)}`);
  }

  warn(message: string, fields: Fields = {}): void {
    this.tell(`${message} ${written(fields)}`);
  }

  error(message: string, error: unknown, fields: Fields = {}): void {
    this.tell(`${message}: ${String(error)} ${written(fields)}`);
  }

  count(): void {
    // lines are enough
  }

  measure(): void {
    // lines are enough
  }
}

function written(fields: Fields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
