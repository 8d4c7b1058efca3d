import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type RequestHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A free port on loopback that a load balancer answers on. */
export class ListenerServer {
  /** Without one, connections are cut: nobody listens. */
  handler: RequestHandler | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
      if (this.handler) this.handler(incoming, outgoing);
      else incoming.destroy();
    });
  }

  static async open(): Promise<ListenerServer> {
    const opened = new ListenerServer();
    await new Promise<void>((resolve, reject) => {
      opened.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return opened;
  }

  /** `127.0.0.1:<port>` */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo | null)?.port ?? 0}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
