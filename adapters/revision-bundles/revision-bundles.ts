import type { S3Client } from '@aws-sdk/client-s3';

import type { GitHubLocation } from '../../core/revision.ts';
import { GitHubTokenUnusable } from '../parameter-store/github-tokens.ts';
import { type AppSpecReading, endReading, ReadingEnded, type StoredRevision } from './app-spec-reading.ts';
import { type FoundAppSpec, requireBearable } from './found-app-spec.ts';
import { openGitHubArchive } from './github-archive.ts';
import { S3Bundle } from './s3-bundle.ts';
import { appSpecInTar } from './tar-app-spec.ts';
import { appSpecInZip } from './zip-app-spec.ts';

/** Where revisions lie. */
export interface RevisionBundles {
  /**
   * Reads the AppSpec of a revision, and no more of its bundle than that takes.
   * @param knownState as an earlier reading gave it
   */
  readAppSpec(revision: StoredRevision, knownState?: string): Promise<AppSpecReading>;
}

/** Where revisions lie, and how long one may be looked at. */
export interface RevisionSources {
  readonly s3: S3Client;
  /** Of GitHub's API: `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly gitHubEndpoint: string;
  /** The token that opens a repository, where one is kept; rejected with `GitHubTokenUnusable` where one should be. */
  readonly gitHubToken?: (repository: string) => Promise<string | undefined>;
  /** Much less than whoever asks may take. */
  readonly timeLimitMs: number;
}

/** Bundles in S3 and on GitHub. */
export class StoredRevisionBundles implements RevisionBundles {
  readonly #sources: RevisionSources;

  constructor(sources: RevisionSources) {
    this.#sources = sources;
  }

  async readAppSpec(revision: StoredRevision, knownState?: string): Promise<AppSpecReading> {
    const signal = AbortSignal.timeout(this.#sources.timeLimitMs);
    try {
      return revision.RevisionType === 'S3'
        ? await this.#readFromS3(revision.S3Location, knownState, signal)
        : await this.#readFromGitHub(revision.GitHubLocation, knownState, signal);
    } catch (error) {
      if (error instanceof ReadingEnded) return error.reading;
      const reason = signal.aborted ? `it took more than ${this.#sources.timeLimitMs} ms` : outageIn(error);
      if (reason === undefined) throw error;
      return { kind: 'unreadable', reason };
    }
  }

  async #readFromS3(
    location: Extract<StoredRevision, { RevisionType: 'S3' }>['S3Location'],
    knownState: string | undefined,
    signal: AbortSignal,
  ): Promise<AppSpecReading> {
    const bundle = await S3Bundle.open(this.#sources.s3, location, knownState, signal);
    return { kind: 'read', ...(await appSpecIn(bundle, location)), state: bundle.eTag };
  }

  /** The name of a commit is the digest of what is in it; any other name may mean something else tomorrow. */
  async #readFromGitHub(
    location: GitHubLocation,
    knownState: string | undefined,
    signal: AbortSignal,
  ): Promise<AppSpecReading> {
    const state = /^[0-9a-f]{40}$/i.test(location.CommitId) ? location.CommitId : undefined;
    if (state !== undefined && state === knownState) return { kind: 'unchanged' };
    const { gitHubEndpoint, gitHubToken } = this.#sources;
    const accessToken = await gitHubToken?.(location.Repository).catch((error: unknown) => {
      if (!(error instanceof GitHubTokenUnusable)) throw error;
      return endReading('token-refused', error.message);
    });
    const archive = await openGitHubArchive(gitHubEndpoint, location, { accessToken, signal });
    return { kind: 'read', ...(await appSpecInTar(archive, true)), state };
  }
}

async function appSpecIn(
  bundle: S3Bundle,
  { Key, BundleType }: { readonly Key: string; readonly BundleType: string },
): Promise<FoundAppSpec> {
  switch (BundleType) {
    case 'zip':
      return appSpecInZip(bundle);
    case 'tar':
    case 'tgz':
      return appSpecInTar(await bundle.stream());
    default:
      requireBearable(Key, bundle.sizeBytes);
      return { path: Key, text: (await bundle.part(0, bundle.sizeBytes)).toString('utf8') };
  }
}

/** What keeps anybody from reading for now: a service that fails, or a network that does not lead there. */
function outageIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // `fetch` hides what the network said in the cause of an error of its own.
  const isOutage = '$metadata' in error || 'code' in error || 'code' in Object(error.cause);
  return isOutage ? (causeText(error) ?? error.message) : undefined;
}

function causeText({ cause }: Error): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}
