import { mkdir, rm } from 'node:fs/promises';
import type { Send } from '../http/send.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import type { Layout } from '../state/layout.ts';
import type { Pointers } from '../state/pointers.ts';
import type { GitHubAccess } from './download-github-archive.ts';
import { downloadGitHubArchive } from './download-github-archive.ts';
import type { S3Access } from './s3-object.ts';
import { downloadS3Object } from './download-s3-object.ts';
import { copyDirectory, linkLocalFile } from './local-revision.ts';
import { removeSurplusRevisions } from './retention.ts';
import { unpack } from './unpack.ts';

/** Where revisions come from. */
export interface BundleSources {
  readonly send: Send;
  readonly s3: S3Access;
  readonly gitHub: GitHubAccess;
}

/** What a host allows bundles. */
export interface BundleLimits {
  /** Revisions of a deployment group that stay on disk, the current one included. */
  readonly maxRevisions: number;
  /** What a bundle may unpack to. @default all that the disk has room for */
  readonly maxExtractionBytes?: number;
}

/**
 * The lifecycle event DownloadBundle: makes room, fetches the bundle, unpacks it and remembers that it is there. The
 * bundle itself does not stay: unpacked it is of no more use, and it would take its size of disk for each revision.
 */
export async function downloadBundle(
  specification: DeploymentSpecification,
  sources: BundleSources,
  { layout, pointers, maxRevisions, maxExtractionBytes }: { layout: Layout; pointers: Pointers } & BundleLimits,
): Promise<void> {
  const { revision, deploymentGroupId } = specification;
  const deployment = layout.deployment(specification);
  const installed = await pointers.lastSuccessful(deploymentGroupId);
  await removeSurplusRevisions(layout.deploymentGroup(deploymentGroupId), deployment, { maxRevisions, installed });

  await mkdir(deployment, { recursive: true });
  const places = {
    bundle: layout.bundle(specification),
    unfinished: layout.unfinishedArchive(specification),
    archive: layout.archive(specification),
  };
  if (revision.bundleType === 'directory') {
    await copyDirectory(revision.location, places);
  } else {
    try {
      await fetchBundle(specification, sources, places.bundle);
      await unpack(revision.bundleType, places, maxExtractionBytes);
    } finally {
      await rm(places.bundle, { force: true });
    }
  }
  await pointers.pointToDownload(specification);
}

function fetchBundle(
  { revision, gitHubAccessToken: accessToken }: DeploymentSpecification,
  { send, s3, gitHub }: BundleSources,
  file: string,
): Promise<void> {
  switch (revision.type) {
    case 'S3':
      return downloadS3Object(send, s3, revision, file);
    case 'GitHub':
      return downloadGitHubArchive(send, gitHub, { revision, accessToken }, file);
    case 'Local':
      return linkLocalFile(revision.location, file);
  }
}
