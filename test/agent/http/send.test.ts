import { expect, it } from 'vitest';
import { readText, send } from '../../../agent/http/send.ts';
import { serve } from '../support/http-server.ts';

it('sends a plain request to a proxy with the whole address', async () => {
  const proxy = await serve((request, response) => response.end(`${request.url} for ${request.headers.host}`));

  const response = await send({
    method: 'GET',
    url: new URL('http://s3.example/key?x=1'),
    proxy: proxy.url,
    timeoutMs: 1000,
  });

  expect(await readText(response)).toBe('http://s3.example/key?x=1 for s3.example');
});

it('asks a proxy for a tunnel to an encrypted address, and says when it refuses', async () => {
  const proxy = await serve(() => undefined);
  proxy.on('connect', (request, socket) => socket.end(`HTTP/1.1 403 ${request.url}\r\n\r\n`));

  const sending = send({ method: 'GET', url: new URL('https://s3.example/key'), proxy: proxy.url, timeoutMs: 1000 });

  await expect(sending).rejects.toThrow(/refuses a connection to s3\.example:443: 403; check proxy_uri/);
});

it('fails when nothing is heard for too long', async () => {
  const silent = await serve(() => undefined);

  await expect(send({ method: 'GET', url: silent.url, timeoutMs: 50 })).rejects.toThrow(/sent nothing for 0\.05 s/);
});

it('fails when a body ends early', async () => {
  const hasty = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
  });

  const response = await send({ method: 'GET', url: hasty.url, timeoutMs: 1000 });

  await expect(readText(response)).rejects.toThrow(/aborted/);
});
