import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../log/agent-log.ts';
import { endProcessGroup } from './process-group.ts';
import { identifyGroupLeader, isSameProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** Remembers the script that runs, in a file, for an agent that comes after a crash. */
export class RunningScript {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** At once, not in a moment: the agent may be gone in a moment. A disk that does not take it keeps no script from running. */
  begin(pid: number): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, JSON.stringify(identifyGroupLeader(pid) ?? {}));
    } catch {
      this.end();
    }
  }

  /** A record that stays harms nobody: its process is gone, and no other will ever match it. */
  end(): void {
    try {
      rmSync(this.#file, { force: true });
    } catch {
      return;
    }
  }

  /**
   * Ends the script that an earlier agent left running when it crashed: its event is reported as failed, and what comes
   * next must not run beside it. Only if its own leader is provably still there: the number may be another process's
   * by now, and an application that a finished script has started is nobody's orphan.
   */
  async endOrphan(graceMs: number, log: Log): Promise<void> {
    const recorded = this.#read();
    if (recorded && isSameProcess(recorded, identifyGroupLeader(recorded.pid))) {
      log.warn('ending a script that outlived the agent that ran it', { pid: recorded.pid });
      await endProcessGroup(recorded.pid, graceMs);
    }
    this.end();
  }

  #read(): ProcessIdentity | undefined {
    try {
      const recorded = JSON.parse(readFileSync(this.#file, 'utf8')) as Partial<ProcessIdentity>;
      return typeof recorded.pid === 'number' ? (recorded as ProcessIdentity) : undefined;
    } catch {
      return undefined; // there is none, or it was written half
    }
  }
}
