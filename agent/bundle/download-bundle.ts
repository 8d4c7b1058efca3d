import { mkdir } from 'node:fs/promises';
import type { Send } from '../http/send.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import type { Layout } from '../state/layout.ts';
import type { Pointers } from '../state/pointers.ts';
import { BundleError } from './bundle-error.ts';
import type { S3Access } from './download-s3-object.ts';
import { downloadS3Object } from './download-s3-object.ts';
import { removeSurplusRevisions } from './retention.ts';
import { unpack } from './unpack.ts';

export interface BundleSources {
  readonly send: Send;
  readonly s3: S3Access;
}

/** The lifecycle event DownloadBundle: makes room, fetches the bundle, unpacks it and remembers that it is there. */
export async function downloadBundle(
  specification: DeploymentSpecification,
  { send, s3 }: BundleSources,
  { layout, pointers, maxRevisions }: { layout: Layout; pointers: Pointers; maxRevisions: number },
): Promise<void> {
  const { revision, deploymentGroupId } = specification;
  if (revision.type === 'GitHub') {
    throw new BundleError(
      `The revision ${revision.account}/${revision.repository} at ${revision.commitId} is on GitHub, which this version of the agent cannot download from. Put the revision into S3.`,
    );
  }
  const deployment = layout.deployment(specification);
  const installed = await pointers.lastSuccessful(deploymentGroupId);
  await removeSurplusRevisions(layout.deploymentGroup(deploymentGroupId), deployment, { maxRevisions, installed });

  await mkdir(deployment, { recursive: true });
  const bundle = layout.bundle(specification);
  await downloadS3Object(send, s3, revision, bundle);
  const unfinished = layout.unfinishedArchive(specification);
  await unpack(revision.bundleType, { bundle, unfinished, archive: layout.archive(specification) });
  await pointers.pointToDownload(specification);
}
