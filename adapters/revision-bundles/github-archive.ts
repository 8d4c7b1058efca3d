import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

import type { GitHubLocation } from '../../core/revision.ts';
import { endReading } from './app-spec-reading.ts';

/**
 * Downloads a commit as GitHub packs it for hosts: a gzipped tar, everything in one directory.
 * @param endpoint of GitHub's API, without a slash at its end
 * @throws ReadingEnded
 */
export async function openGitHubArchive(
  endpoint: string,
  { Repository, CommitId }: GitHubLocation,
  { accessToken, signal }: { readonly accessToken: string | undefined; readonly signal: AbortSignal },
): Promise<Readable> {
  const path = ['repos', ...Repository.split('/'), 'tarball', CommitId].map(encodeURIComponent).join('/');
  // GitHub answers nobody who does not say who asks.
  const headers = { 'user-agent': 'slipway', ...(accessToken && { authorization: `token ${accessToken}` }) };
  const response = await fetch(`${endpoint}/${path}`, { headers, signal });
  if (response.ok && response.body) return Readable.fromWeb(response.body as ReadableStream);
  await response.body?.cancel();
  const answer = `GitHub answers ${response.status} ${response.statusText}`.trim();
  if (response.status === 401 && accessToken) return endReading('token-refused', `${answer} to the token kept for it`);
  if (response.status !== 404) return endReading('unreadable', answer);
  const hint = accessToken
    ? 'whether the token kept for its owner opens it'
    : 'whether it is private: then the engine needs a token for its owner (gitHubTokens)';
  return endReading('gone', `${answer}: check repository, commit, and ${hint}`);
}
