import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { readFile } from 'node:fs/promises';
import { readFileAssets, type FileAsset } from './asset-manifest.ts';
import { zipDirectory } from './zip-directory.ts';

/** What was published from assemblies, and where it came from. */
export interface Assets {
  /** Uploads what a manifest lists; an object that is there already is left, since its key is the hash of its content. */
  publish(manifestFile: string): Promise<void>;
  /** The directory behind a published zip archive: a function's code can be run from where it lies. */
  directoryOf(bucket: string, key: string): string | undefined;
}

export function createAssets({ s3, region, accountId }: { s3: S3Client; region: string; accountId: string }): Assets {
  const published = new Map<string, FileAsset>();
  const buckets = new Map<string, Promise<unknown>>();

  const ensureBucket = async (name: string): Promise<void> => {
    if (!buckets.has(name)) buckets.set(name, s3.send(new CreateBucketCommand({ Bucket: name })));
    await buckets.get(name);
  };

  const upload = async (asset: FileAsset): Promise<void> => {
    const { bucket, key, source, packaging } = asset;
    const location = `${bucket}/${key}`;
    if (published.has(location)) return;
    published.set(location, asset);
    await ensureBucket(bucket);
    const body = packaging === 'zip' ? await zipDirectory(source) : await readFile(source);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  };

  return {
    async publish(manifestFile) {
      await Promise.all((await readFileAssets(manifestFile, { region, accountId })).map(upload));
    },
    directoryOf(bucket, key) {
      const asset = published.get(`${bucket}/${key}`);
      return asset?.packaging === 'zip' ? asset.source : undefined;
    },
  };
}
