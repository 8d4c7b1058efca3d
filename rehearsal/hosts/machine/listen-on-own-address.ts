import { once } from 'node:events';
import type { Server } from 'node:http';

/** Enough to walk past neighbours; more refusals mean that the port is taken on every address. */
const ADDRESSES_TO_TRY = 64;

/** The system lets nobody use further loopback addresses (macOS and others configure 127.0.0.1 alone). */
class LoopbackAddressUnusable extends Error {
  readonly address: string;

  constructor(address: string, options?: ErrorOptions) {
    super(
      `This system does not let a program listen on ${address}, and each instance of a rehearsal needs a loopback address ` +
        'of its own. Linux offers all of 127.0.0.0/8: run the rehearsal on Linux or in a Linux container (docker run -it node:24).',
      options,
    );
    this.address = address;
  }
}

/** The port is taken whatever the address: somebody listens on 0.0.0.0. */
class PortTakenEverywhere extends Error {
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(
      `Port ${port} is taken on ${ADDRESSES_TO_TRY} loopback addresses in a row, so a program on this system listens on ` +
        `0.0.0.0:${port}. End it (ss -ltnp 'sport = :${port}' names it) and start the rehearsal again.`,
      options,
    );
    this.port = port;
  }
}

/**
 * Listens on the first address that nobody uses yet; listening is what reserves it.
 * @throws LoopbackAddressUnusable, PortTakenEverywhere
 */
export async function listenOnOwnAddress(
  server: Server,
  port: number,
  addresses: Iterator<string, never>,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const address = addresses.next().value;
    try {
      await listen(server, port, address);
      return address;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRNOTAVAIL') throw new LoopbackAddressUnusable(address, { cause: error });
      if (code !== 'EADDRINUSE') throw error;
      if (attempt === ADDRESSES_TO_TRY) throw new PortTakenEverywhere(port, { cause: error });
    }
  }
}

/** Rejects with the system's error instead of throwing it at whoever listens to the server. */
export async function listen(server: Server, port: number, address: string): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, address);
  await listening;
}
