import type { AddressInfo } from 'node:net';

import dynalite from 'dynalite';

import type { Part } from '../../rehearsal/part.ts';

/** DynamoDB for a test ground. */
export async function createDynamoDbPart(): Promise<Part> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    services: [
      {
        signingNames: ['dynamodb'],
        handle: async ({ headers, body }) => {
          const { host, connection, 'content-length': length, ...forwarded } = headers;
          void [host, connection, length];
          const answer = await fetch(url, { method: 'POST', headers: forwarded, body: new Uint8Array(body) });
          return {
            status: answer.status,
            headers: { 'content-type': 'application/x-amz-json-1.0' },
            body: Buffer.from(await answer.arrayBuffer()),
          };
        },
      },
    ],
    resourceTypes: {},
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
      }),
  };
}
