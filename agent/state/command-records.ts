import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Completion } from '../protocol/wire.ts';
import type { Layout } from './layout.ts';
import { namesIn, readFileIfPresent } from './read-if-present.ts';
import { writeAtomically } from './write-atomically.ts';

/** The service forgets commands after a day; so does the agent. */
const KEPT_MS = 24 * 3_600_000;

/** What an earlier agent left behind of a command: the report it could not deliver, or that it never ended. */
export type LeftBehind =
  | { readonly kind: 'unreported'; readonly deploymentId: string; readonly completion: Completion }
  | { readonly kind: 'interrupted'; readonly deploymentId: string; readonly hostCommandIdentifier: string };

/**
 * Keeps on disk what must survive the agent: that a command runs, and how it ended. Written before the script starts
 * and before the report is sent, so that whenever the agent dies, its successor can tell the truth about the command.
 */
export class CommandRecords {
  readonly #layout: Layout;
  readonly #now: () => number;

  constructor(layout: Layout, now: () => number) {
    this.#layout = layout;
    this.#now = now;
  }

  /** The command is about to run. */
  async begin(deploymentId: string, hostCommandIdentifier: string): Promise<void> {
    const directory = this.#layout.ongoingDeployments();
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, deploymentId), hostCommandIdentifier);
  }

  /** The command has ended; its report is still to be accepted. */
  async end(deploymentId: string, completion: Completion): Promise<void> {
    await writeAtomically(join(this.#layout.unreportedCompletions(), deploymentId), JSON.stringify(completion));
    await rm(join(this.#layout.ongoingDeployments(), deploymentId), { force: true });
  }

  /** The report was accepted. */
  async forget(deploymentId: string): Promise<void> {
    await rm(join(this.#layout.unreportedCompletions(), deploymentId), { force: true });
    await rm(join(this.#layout.ongoingDeployments(), deploymentId), { force: true });
  }

  /** Everything that an earlier agent left behind, except what is older than a day, which is thrown away. */
  async leftBehind(): Promise<LeftBehind[]> {
    const found = new Map<string, LeftBehind>();
    for (const [deploymentId, hostCommandIdentifier] of await this.#read(this.#layout.ongoingDeployments())) {
      found.set(deploymentId, { kind: 'interrupted', deploymentId, hostCommandIdentifier });
    }
    // Where both are left, the agent died between two writes: the command did end.
    for (const [deploymentId, text] of await this.#read(this.#layout.unreportedCompletions())) {
      found.set(deploymentId, { kind: 'unreported', deploymentId, completion: JSON.parse(text) as Completion });
    }
    return [...found.values()];
  }

  async #read(directory: string): Promise<[deploymentId: string, text: string][]> {
    const records: [string, string][] = [];
    for (const name of (await namesIn(directory)).filter((name) => !name.endsWith('.new'))) {
      const path = join(directory, name);
      const ageMs = this.#now() - (await stat(path)).mtimeMs;
      const text = await readFileIfPresent(path);
      if (ageMs > KEPT_MS || !text) await rm(path, { force: true });
      else records.push([name, text]);
    }
    return records;
  }
}
