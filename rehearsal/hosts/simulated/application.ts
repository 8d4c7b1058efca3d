import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

interface ApplicationSettings {
  readonly address: string;
  /** Where it is to listen, asked at each start. */
  ports(): Promise<readonly number[]>;
  /** Told of a port that cannot be had. */
  warn(message: string): void;
}

/**
 * The application of a simulated host: what lifecycle events make of it, without their scripts. Nothing listens until
 * the first ApplicationStart succeeds; from then on every request is answered with 200 and the deployment whose revision
 * was installed when it started.
 */
export class SimulatedApplication {
  readonly #settings: ApplicationSettings;
  #installed = 'nothing';
  #running = 'nothing';
  readonly #servers: Server[] = [];

  constructor(settings: ApplicationSettings) {
    this.#settings = settings;
  }

  /** What a lifecycle event changes that has just succeeded. @param deployment that it belongs to */
  async after(event: string, deployment: string): Promise<void> {
    if (event === 'ApplicationStop') this.stop();
    if (event === 'Install') this.#installed = deployment;
    if (event === 'ApplicationStart') await this.#start();
  }

  /** Nothing listens afterwards. Repeating is harmless. */
  stop(): void {
    for (const server of this.#servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  }

  /** One that runs already is started anew: a start script that finds a process restarts it. */
  async #start(): Promise<void> {
    this.#running = this.#installed;
    if (this.#servers.length > 0) return;
    const { address, ports, warn } = this.#settings;
    try {
      await Promise.all((await ports()).map((port) => this.#listen(port)));
    } catch (error) {
      warn(`Their applications cannot listen, on ${address} at least: ${String(error)}`);
    }
  }

  async #listen(port: number): Promise<void> {
    const server = createServer((_, response) => {
      // A connection that stays open would be cut by the next stop, with a request perhaps under way.
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' });
      response.end(`${this.#running}\n`);
    });
    this.#servers.push(server);
    server.listen(port, this.#settings.address);
    await once(server, 'listening');
  }
}
