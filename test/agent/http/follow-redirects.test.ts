import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { followRedirects } from '../../../agent/http/follow-redirects.ts';
import type { HttpRequest, HttpResponse, Send } from '../../../agent/http/send.ts';

/** Answers from a table of addresses: where each leads, or nowhere. */
function web(redirects: Record<string, string>) {
  const requests: HttpRequest[] = [];
  const send: Send = (request) => {
    requests.push(request);
    const location = redirects[request.url.href];
    const body = Readable.from([]) as unknown as HttpResponse['body'];
    return Promise.resolve({ status: location ? 302 : 200, headers: location ? { location } : {}, body });
  };
  return { send, requests };
}

const request = { method: 'GET', url: new URL('https://api.example/a'), timeoutMs: 1000 } as const;

it('keeps what opens one origin from all others, however its header is spelled', async () => {
  const { send, requests } = web({ 'https://api.example/a': 'https://other.example/b' });

  await followRedirects(send, { ...request, headers: { Authorization: 'token secret', accept: 'x' } });

  expect(requests.at(-1)).toMatchObject({ headers: { accept: 'x' } });
  expect(JSON.stringify(requests.at(-1))).not.toContain('secret');
});

it('does not give it back to the first origin when another leads there', async () => {
  const { send, requests } = web({
    'https://api.example/a': 'https://other.example/b',
    'https://other.example/b': 'https://api.example/c',
  });

  await followRedirects(send, { ...request, headers: { authorization: 'token secret' } });

  expect(requests.at(-1)?.headers).toEqual({});
});

it('refuses to go on in the clear', async () => {
  const { send } = web({ 'https://api.example/a': 'http://api.example/a' });

  await expect(followRedirects(send, request)).rejects.toThrow(
    'api.example redirects to api.example without encryption',
  );
});
