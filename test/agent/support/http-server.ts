import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

const servers: Server[] = [];

/** A server on a loopback port; closed after the test. */
export async function serve(listener: RequestListener): Promise<Server & { readonly url: URL }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`) });
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
