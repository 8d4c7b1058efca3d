import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { describeShortage, isDiskFull } from '../disk/full-disk.ts';
import { followRedirects } from '../http/follow-redirects.ts';
import type { HttpResponse, Send } from '../http/send.ts';
import { errorText } from '../log/agent-log.ts';
import type { GitHubRevision } from '../protocol/revision-location.ts';
import { AGENT_VERSION } from '../version.ts';
import type { Pause } from './attempts.ts';
import { attemptSeveralTimes } from './attempts.ts';
import { BundleError } from './bundle-error.ts';
import { isFileError } from './file-error.ts';

/** How this host reaches GitHub. */
export interface GitHubAccess {
  /** Of the API: `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly endpoint: URL;
  readonly timeoutMs: number;
  readonly proxy?: URL;
  readonly signal?: AbortSignal;
  readonly pause: Pause;
}

const PAUSES_BETWEEN_ATTEMPTS_MS = [10_000, 30_000, 90_000];

/**
 * Streams a commit, packed by GitHub, into a file. What GitHub refuses for good (no such commit, a token that opens
 * nothing) fails at once; AWS's agent would go on asking for two minutes.
 * @throws BundleError that names the address and GitHub's answers
 */
export async function downloadGitHubArchive(
  send: Send,
  gitHub: GitHubAccess,
  { revision, accessToken }: { readonly revision: GitHubRevision; readonly accessToken: string | undefined },
  file: string,
): Promise<void> {
  const url = archiveUrl(gitHub.endpoint, revision);
  const failures: unknown[] = [];
  const download = async (): Promise<void> => {
    const response = await get(send, gitHub, url, accessToken);
    if (response.status !== 200) throw new RefusedError(response);
    await pipeline(response.body, createWriteStream(file));
  };
  await attemptSeveralTimes(download, {
    pausesMs: PAUSES_BETWEEN_ATTEMPTS_MS,
    pause: gitHub.pause,
    mayPass: (error) => {
      failures.push(error);
      if (isFileError(error) || gitHub.signal?.aborted) return false;
      return !(error instanceof RefusedError) || error.mayPass;
    },
  }).catch((error: unknown) => {
    throw describe(error, url, file, failures);
  });
}

function archiveUrl(endpoint: URL, { account, repository, bundleType, commitId }: GitHubRevision): URL {
  const form = bundleType === 'zip' ? 'zipball' : 'tarball';
  const path = ['repos', account, repository, form, commitId].map(encodeURIComponent).join('/');
  return new URL(`${endpoint.origin}${endpoint.pathname.replace(/\/+$/, '')}/${path}`);
}

function get(
  send: Send,
  { timeoutMs, proxy, signal }: GitHubAccess,
  url: URL,
  accessToken: string | undefined,
): Promise<HttpResponse> {
  const headers = {
    'user-agent': `slipway-agent/${AGENT_VERSION}`, // GitHub answers nobody who does not say who asks
    ...(accessToken === undefined ? {} : { authorization: `token ${accessToken}` }),
  };
  const options = { ...(proxy ? { proxy } : {}), ...(signal ? { signal } : {}) };
  return followRedirects(send, { method: 'GET', url, headers, timeoutMs, ...options });
}

/** An answer that is not the archive: `404 'Not Found'`. */
class RefusedError extends Error {
  readonly mayPass: boolean;

  constructor({ status, headers, body }: HttpResponse) {
    super(`${status} '${body.statusMessage ?? ''}'`);
    body.resume();
    // 403 is also GitHub's answer to those who ask too often.
    const asksTooOften = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
    this.mayPass = status >= 500 || status === 408 || status === 429 || (status === 403 && asksTooOften);
  }
}

function describe(error: unknown, url: URL, file: string, failures: readonly unknown[]): BundleError {
  const what = `Could not download bundle at '${url.href}'`;
  if (isDiskFull(error)) return new BundleError(`${what}: The disk is full: ${describeShortage(file)}`);
  if (error instanceof RefusedError && !error.mayPass) {
    return new BundleError(
      `${what}: GitHub answers ${error.message}. Check account, repository and commit; a private repository also needs an access token in the deployment.`,
      { cause: error },
    );
  }
  const codes = failures.map(errorText).join('; ');
  return new BundleError(`${what} after ${failures.length - 1} retries. Server returned codes: ${codes}.`, {
    cause: error,
  });
}
