import type { EventLog } from '../log/hook-logs.ts';
import { RotatingFile } from '../log/rotating-file.ts';
import { LogTail } from './log-tail.ts';

const ROTATION = { maxBytes: 64 * 1024 * 1024, keep: 8 };

export interface ScriptLogPlaces {
  /** The deployment's own log. */
  readonly scriptsLog: string;
  /** The log of all deployments, if it is kept. */
  readonly deploymentsLog?: string;
  readonly deploymentId: string;
  /** Where a copy goes, if it goes anywhere. */
  readonly shipped?: EventLog;
}

/**
 * What the scripts of one lifecycle event print, in full on the host's disk and the newest of it for the record:
 *
 *     2026-02-19 08:00:00 LifecycleEvent - ApplicationStart
 *     2026-02-19 08:00:00 Script - scripts/start.sh
 *     2026-02-19 08:00:01 [stdout]started
 *     2026-02-19 08:00:01 [stderr]warning: no cache
 */
export class ScriptLog {
  readonly #tail = new LogTail();
  readonly #scriptsLog: RotatingFile;
  readonly #deploymentsLog: RotatingFile | undefined;
  readonly #deploymentId: string;
  readonly #shipped: EventLog | undefined;

  constructor({ scriptsLog, deploymentsLog, deploymentId, shipped }: ScriptLogPlaces) {
    this.#scriptsLog = new RotatingFile(scriptsLog, ROTATION);
    this.#deploymentsLog = deploymentsLog === undefined ? undefined : new RotatingFile(deploymentsLog, ROTATION);
    this.#deploymentId = deploymentId;
    this.#shipped = shipped;
  }

  add(entry: string): void {
    const time = localTime(new Date());
    this.#tail.add(entry);
    this.#scriptsLog.append(`${time.slice(0, 'YYYY-MM-DD HH:MM:SS'.length)} ${entry}\n`);
    this.#deploymentsLog?.append(`[${time}] [${this.#deploymentId}]${entry.trim()}\n`);
    this.#shipped?.add(entry);
  }

  tail(): string {
    return this.#tail.text();
  }

  close(): void {
    this.#scriptsLog.close();
    this.#deploymentsLog?.close();
    this.#shipped?.close();
  }
}

/** `2026-02-19 08:00:00.123`, in the host's time zone. */
function localTime(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().replace('T', ' ').slice(0, -1);
}
