import { createServer, type RequestListener, type Server } from 'node:http';
import type { HostProvider, HostSpecification } from '../../../rehearsal/hosts/host.ts';

/** Hosts that run nothing but, if asked to, a web server on an address of their own; they tell what became of them. */
export class RecordingHosts implements HostProvider {
  readonly started: HostSpecification[] = [];
  readonly stopped: string[] = [];
  readonly booted: string[] = [];
  readonly terminated: string[] = [];
  /** Answers HTTP on each host's address, port 8080. */
  answer: RequestListener | undefined;
  /** Makes the next starts fail. */
  failing = false;
  readonly #servers = new Set<Server>();

  async start(specification: HostSpecification) {
    if (this.failing) throw new Error('no machine is free');
    this.started.push(specification);
    const { instanceId } = specification;
    const privateIpAddress = `127.1.${this.started.length >> 8}.${(this.started.length & 255) + 1}`;
    const server = this.answer && (await this.#serve(privateIpAddress, this.answer));
    return {
      instanceId,
      privateIpAddress,
      stop: () => {
        this.stopped.push(instanceId);
        return Promise.resolve();
      },
      boot: () => {
        this.booted.push(instanceId);
        return Promise.resolve();
      },
      terminate: () => {
        this.terminated.push(instanceId);
        server?.closeAllConnections();
        server?.close();
        return Promise.resolve();
      },
    };
  }

  close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    return Promise.resolve();
  }

  async #serve(address: string, answer: RequestListener): Promise<Server> {
    const server = createServer(answer);
    this.#servers.add(server);
    await new Promise<void>((resolve) => server.listen(8080, address, resolve));
    return server;
  }
}
