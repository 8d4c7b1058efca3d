import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadedRequest } from './latency.ts';

/** A client in a process of its own that asks a URL fifty times a second, whatever this process is busy with. */
export class SteadyLoad {
  readonly requests: LoadedRequest[] = [];
  readonly #client: ChildProcess;

  constructor(url: string) {
    this.#client = fork(fileURLToPath(import.meta.resolve('./load-client.ts')), [url]);
    this.#client.on('message', (request) => this.requests.push(request as LoadedRequest));
  }

  /** Returns when every request under way has ended and been reported, and the client is gone. Repeating is harmless. */
  async stop(): Promise<void> {
    if (!this.#client.connected) return;
    const gone = once(this.#client, 'disconnect');
    this.#client.send('stop');
    await gone;
  }
}
