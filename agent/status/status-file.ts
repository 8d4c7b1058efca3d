import { writeAtomically } from '../state/write-atomically.ts';
import type { AgentStatus } from './agent-status.ts';

/** News are written at once, and then no more often than this. */
const NEWS_EVERY_MS = 1_000;
/** That all goes on as before, which an idle agent has to say every few seconds, is written this often. */
const SAME_EVERY_MS = 30_000;

/**
 * Keeps the agent's status on disk while it changes. Nobody waits for it and nothing fails by it: a disk that does not
 * take it costs the answer to `--status`, never a deployment.
 */
export class StatusFile {
  readonly #path: string;
  readonly #now: () => number;
  #status: AgentStatus;
  #writtenAtMs = -Infinity;
  #due: { readonly atMs: number; readonly timer: NodeJS.Timeout } | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, status: AgentStatus, now: () => number) {
    this.#path = path;
    this.#status = status;
    this.#now = now;
    this.#writeAfter(NEWS_EVERY_MS);
  }

  isHost(hostIdentifier: string): void {
    this.#change({ hostIdentifier });
  }

  /** The command service has answered a call with success. */
  answered(): void {
    const isNews = this.#status.answeredAtMs === undefined || this.#status.failingSinceMs !== undefined;
    this.#status = { ...this.#status, answeredAtMs: this.#now(), failingSinceMs: undefined };
    this.#writeAfter(isNews ? NEWS_EVERY_MS : SAME_EVERY_MS);
  }

  /** The command service has refused a call, or was not reached. */
  notAnswered(): void {
    if (this.#status.failingSinceMs === undefined) this.#change({ failingSinceMs: this.#now() });
  }

  begins(deploymentId: string, event: string): void {
    this.#change({ underWay: { deploymentId, event, sinceMs: this.#now() } });
  }

  ends(): void {
    this.#change({ underWay: undefined });
  }

  problem(text: string): void {
    this.#change({ lastProblem: { text, atMs: this.#now() } });
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    if (this.#due) this.#write();
    await this.#writing;
  }

  #change(news: Partial<AgentStatus>): void {
    this.#status = { ...this.#status, ...news };
    this.#writeAfter(NEWS_EVERY_MS);
  }

  /** Sees to it that all is written once the last writing is this long ago. */
  #writeAfter(ms: number): void {
    const atMs = this.#writtenAtMs + ms;
    if (this.#due && this.#due.atMs <= atMs) return;
    clearTimeout(this.#due?.timer);
    const timer = setTimeout(
      () => {
        this.#write();
      },
      Math.max(0, atMs - this.#now()),
    );
    this.#due = { atMs, timer: timer.unref() };
  }

  #write(): void {
    clearTimeout(this.#due?.timer);
    this.#due = undefined;
    this.#writtenAtMs = this.#now();
    const text = JSON.stringify(this.#status);
    this.#writing = this.#writing.then(() => writeAtomically(this.#path, text)).catch(() => undefined);
  }
}
