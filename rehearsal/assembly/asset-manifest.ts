import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A file or directory to upload, and where it is expected. */
export interface FileAsset {
  /** Absolute path. */
  readonly source: string;
  readonly packaging: 'file' | 'zip';
  readonly bucket: string;
  readonly key: string;
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, AssetEntry>>;
  readonly dockerImages?: Readonly<Record<string, unknown>>;
}

interface AssetEntry {
  readonly source: {
    readonly path?: string;
    readonly packaging?: 'file' | 'zip';
    readonly executable?: readonly string[];
  };
  readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
}

/**
 * Reads a `<stack>.assets.json`, with the account's placeholders filled in.
 * @throws Error for container images and for assets that a command makes
 */
export async function readFileAssets(
  manifestFile: string,
  account: { readonly region: string; readonly accountId: string },
): Promise<FileAsset[]> {
  const { files = {}, dockerImages = {} } = JSON.parse(await readFile(manifestFile, 'utf8')) as AssetManifest;
  const [image] = Object.keys(dockerImages);
  if (image !== undefined) throw new Error(`${manifestFile}: the rehearsal has no container images (asset ${image})`);
  return Object.entries(files).flatMap(([id, { source, destinations }]) => {
    const { path, packaging = 'file' } = source;
    if (path === undefined)
      throw new Error(`${manifestFile}: asset ${id} is made by a command, which the rehearsal does not run`);
    return Object.values(destinations).map(({ bucketName, objectKey }) => ({
      source: resolve(dirname(manifestFile), path),
      packaging,
      bucket: fill(bucketName, account),
      key: fill(objectKey, account),
    }));
  });
}

/** `cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}` */
const fill = (text: string, { region, accountId }: { readonly region: string; readonly accountId: string }): string =>
  text
    .replaceAll('${AWS::Partition}', 'aws')
    .replaceAll('${AWS::Region}', region)
    .replaceAll('${AWS::AccountId}', accountId);
