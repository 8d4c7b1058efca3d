import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { S3Location } from '@aws-sdk/client-codedeploy';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Connection } from '../connection/connect.ts';
import type { PackagedRevision } from './package-revision.ts';

export interface Uploaded {
  readonly location: S3Location;
  /** False when the very same bundle lay there already. */
  readonly isNew: boolean;
}

/** Up to here a bundle is held in memory, where it can be sent again when a connection breaks; a stream cannot. */
const HELD_BYTES = 64 * 1024 * 1024;

/** Brings a bundle to S3, under a key that its content gives: `web/5f70bf18….zip`. */
export async function upload(
  bundle: PackagedRevision,
  { bucket, applicationName }: { readonly bucket: string; readonly applicationName: string },
  { clients, isElsewhere }: Connection,
): Promise<Uploaded> {
  // Outside AWS a bucket has no host name of its own.
  const s3 = new S3Client({ ...clients, forcePathStyle: isElsewhere });
  const key = `${applicationName}/${bundle.sha256}.${bundle.bundleType}`;
  try {
    const present = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(absent);
    const { ETag, VersionId } = present ?? (await put(s3, bucket, key, bundle));
    return {
      isNew: present === undefined,
      location: {
        ...{ bucket, key, bundleType: bundle.bundleType },
        ...(ETag !== undefined && { eTag: ETag.replaceAll('"', '') }),
        ...(VersionId !== undefined && { version: VersionId }),
      },
    };
  } finally {
    s3.destroy();
  }
}

/** Who may not list a bucket is told Forbidden of objects that are not there. */
function absent(error: unknown): undefined {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === 404 || status === 403) return undefined;
  throw error;
}

async function put(s3: S3Client, bucket: string, key: string, { path, bytes, sha256 }: PackagedRevision) {
  const content = bytes <= HELD_BYTES ? await readFile(path) : createReadStream(path);
  return s3.send(
    new PutObjectCommand({
      ...{ Bucket: bucket, Key: key, Body: content, ContentLength: bytes },
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'), // S3 refuses what arrives otherwise
    }),
  );
}
