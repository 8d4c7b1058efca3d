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
  signal: AbortSignal,
): Promise<Readable> {
  const path = ['repos', ...Repository.split('/'), 'tarball', CommitId].map(encodeURIComponent).join('/');
  // GitHub answers nobody who does not say who asks.
  const response = await fetch(`${endpoint}/${path}`, { headers: { 'user-agent': 'slipway' }, signal });
  if (response.ok && response.body) return Readable.fromWeb(response.body as ReadableStream);
  await response.body?.cancel();
  const answer = `GitHub answers ${response.status} ${response.statusText}`.trim();
  if (response.status !== 404) return endReading('unreadable', answer);
  return endReading('gone', `${answer}: check repository and commit; a private repository cannot be deployed from`);
}
