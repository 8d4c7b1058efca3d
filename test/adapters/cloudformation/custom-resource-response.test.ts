import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { respond } from '../../../adapters/cloudformation/custom-resource-response.ts';

const RESPONSE = {
  Status: 'SUCCESS',
  PhysicalResourceId: 'web/web-fleet',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'WebFleet',
} as const;

let requests: { message: IncomingMessage; body: string }[];
let status: number;
const server = createServer((message, answer) => {
  let body = '';
  message.on('data', (chunk) => (body += String(chunk)));
  message.on('end', () => {
    requests.push({ message, body });
    answer.writeHead(status).end();
  });
});

beforeEach(() => {
  requests = [];
  status = 200;
  return new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=s`;

it('puts the answer where CloudFormation looks for it, with the content type its address is signed for', async () => {
  await respond(address(), RESPONSE);

  expect(requests[0]?.message).toMatchObject({ method: 'PUT', url: '/answer?signature=s' });
  expect(requests[0]?.message.headers['content-type']).toBe('');
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual(RESPONSE);
});

it('fails when the answer was not taken, so that it is given again', async () => {
  status = 503;

  await expect(respond(address(), RESPONSE)).rejects.toThrow('503');
});
