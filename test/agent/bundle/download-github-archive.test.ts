import type { IncomingMessage, ServerResponse } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadGitHubArchive } from '../../../agent/bundle/download-github-archive.ts';
import { send } from '../../../agent/http/send.ts';
import { serve } from '../support/http-server.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const revision = { type: 'GitHub', account: 'acme', repository: 'web', commitId: 'c0ffee', bundleType: 'tar' } as const;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const refuse =
  (status: number, headers = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, headers).end('{"message":"no"}');

/** A GitHub that gives one answer after the other, the last one from then on, and what was asked of it. */
async function gitHub(...answers: Answer[]) {
  const asked: string[] = [];
  const pausesMs: number[] = [];
  const server = await serve((request, response) => {
    asked.push([request.url, request.headers.authorization].filter(Boolean).join(' with '));
    (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
  });
  const file = join(temporaryDirectory(), 'bundle.tar');
  const access = {
    endpoint: new URL('api/v3/', server.url),
    timeoutMs: 1000,
    pause: (ms: number) => Promise.resolve(void pausesMs.push(ms)),
  };
  const download = (accessToken?: string, bundleType: 'tar' | 'zip' = 'tar') =>
    downloadGitHubArchive(send, access, { revision: { ...revision, bundleType }, accessToken }, file);
  return { download, asked, pausesMs, url: server.url, text: () => readFileSync(file, 'utf8'), file };
}

const archive: Answer = (_request, response) => response.end('an archive');

describe('a revision on GitHub', () => {
  it.each([
    ['tar', 'tarball'],
    ['zip', 'zipball'],
  ] as const)('is downloaded as %s', async (bundleType, form) => {
    const { download, asked, text } = await gitHub(archive);

    await download(undefined, bundleType);

    expect(asked).toEqual([`/api/v3/repos/acme/web/${form}/c0ffee`]);
    expect(text()).toBe('an archive');
  });

  it('says who asks, without which GitHub answers nobody', async () => {
    const { download, text } = await gitHub((request, response) => response.end(request.headers['user-agent']));

    await download();

    expect(text()).toMatch(/^slipway-agent\/\d/);
  });

  it('is opened by the token, which no other host gets to see', async () => {
    const seenElsewhere: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      seenElsewhere.push(request.headers.authorization);
      response.end('from elsewhere');
    });
    const { download, asked, text } = await gitHub(
      refuse(302, { location: '/renamed' }),
      refuse(302, { location: new URL('archive?token=short-lived', elsewhere.url).href }),
    );

    await download('a-secret');

    expect(asked).toEqual([
      '/api/v3/repos/acme/web/tarball/c0ffee with token a-secret',
      '/renamed with token a-secret',
    ]);
    expect(seenElsewhere).toEqual([undefined]);
    expect(text()).toBe('from elsewhere');
  });

  it.each([500, 503, 429, 408])('is asked for again after a %i', async (status) => {
    const { download, pausesMs, text } = await gitHub(refuse(status), archive);

    await download();

    expect(pausesMs).toEqual([10_000]);
    expect(text()).toBe('an archive');
  });

  it.each([{ 'retry-after': '30' }, { 'x-ratelimit-remaining': '0' }])(
    'is asked for again after a 403 with %j',
    async (headers) => {
      const { download, text } = await gitHub(refuse(403, headers), archive);

      await download();

      expect(text()).toBe('an archive');
    },
  );

  it('is asked for again when the connection breaks, from the beginning', async () => {
    const { download, text } = await gitHub((_request, response) => {
      response.writeHead(200).write('half an arch', () => response.destroy());
    }, archive);

    await download();

    expect(text()).toBe('an archive');
  });

  it('is given up after three retries, with all that GitHub answered', async () => {
    const { download, pausesMs, url } = await gitHub(refuse(502), refuse(503));

    await expect(download('a-secret')).rejects.toThrow(
      `Could not download bundle at '${url.href}api/v3/repos/acme/web/tarball/c0ffee' after 3 retries. Server returned codes: 502 'Bad Gateway'; 503 'Service Unavailable'; 503 'Service Unavailable'; 503 'Service Unavailable'.`,
    );

    expect(pausesMs).toEqual([10_000, 30_000, 90_000]);
  });

  it.each([401, 403, 404])('that GitHub refuses with %i fails at once, and names the remedy', async (status) => {
    const { download, asked, file } = await gitHub(refuse(status));

    const failure: unknown = await download('a-secret').catch((error: unknown) => error);

    expect(String(failure)).toMatch(
      new RegExp(`GitHub answers ${status} '\\w.*'\\. Check account, repository and commit; a private`),
    );
    expect(String(failure)).not.toContain('a-secret');
    expect(asked).toHaveLength(1);
    expect(existsSync(file)).toBe(false);
  });

  it('is not sought for ever where every address leads to another', async () => {
    const { download } = await gitHub(refuse(302, { location: '/round' }));

    await expect(download()).rejects.toThrow(/redirects more than 5 times/);
  });
});
