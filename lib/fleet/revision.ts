import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { APP_SPEC_FILE_NAME, AppSpecError, parseAppSpec } from '../../core/app-spec/index.ts';

/** How a revision is packed. */
export type BundleType = 'zip' | 'tar' | 'tgz';

export interface BucketRevisionOptions {
  /** @default what the key ends with: `.zip`, `.tar`, `.tgz` or `.tar.gz` */
  readonly bundleType?: BundleType;
  /** Version of the object, in a bucket that keeps versions. @default the newest at the time of a deployment */
  readonly version?: string;
}

/** Where a revision lies, as the engine is told. */
export interface RevisionLocation {
  readonly bucket: IBucket;
  readonly key: string;
  readonly bundleType: BundleType;
  readonly version?: string;
}

/** What a deployment group deploys: a directory of this app, or an object that something else has put into S3. */
export abstract class Revision {
  /**
   * A directory with an `appspec.yml`, uploaded by `cdk deploy`. Each change is a new object, so that an instance never
   * gets half of one version and half of another.
   * @throws Error when the directory has no appspec.yml, or a faulty one: with the line and the remedy
   */
  static fromAsset(directory: string): Revision {
    const appSpecFile = join(directory, APP_SPEC_FILE_NAME);
    if (!existsSync(appSpecFile))
      throw new Error(
        `The revision ${resolve(directory)} has no appspec.yml. Name a directory that has one at its top.`,
      );
    requireRight(appSpecFile);
    return new AssetRevision(directory);
  }

  /** An object in S3. @throws Error when the key does not tell how it is packed and `bundleType` is missing */
  static fromBucket(bucket: IBucket, key: string, options: BucketRevisionOptions = {}): Revision {
    const bundleType = options.bundleType ?? bundleTypeOf(key);
    return new BucketRevision({ bucket, key, bundleType, ...(options.version && { version: options.version }) });
  }

  /** Makes what must be uploaded, in the scope of the deployment group. */
  abstract bind(scope: Construct): RevisionLocation;
}

class AssetRevision extends Revision {
  readonly #directory: string;

  constructor(directory: string) {
    super();
    this.#directory = directory;
  }

  override bind(scope: Construct): RevisionLocation {
    const asset = new Asset(scope, 'Revision', { path: this.#directory });
    return { bucket: asset.bucket, key: asset.s3ObjectKey, bundleType: 'zip' };
  }
}

class BucketRevision extends Revision {
  readonly #location: RevisionLocation;

  constructor(location: RevisionLocation) {
    super();
    this.#location = location;
  }

  override bind(): RevisionLocation {
    return this.#location;
  }
}

function requireRight(appSpecFile: string): void {
  try {
    parseAppSpec(readFileSync(appSpecFile, 'utf8'));
  } catch (error) {
    if (!(error instanceof AppSpecError)) throw error;
    throw new Error(`The revision cannot be deployed: ${error.describe(resolve(appSpecFile))}`, { cause: error });
  }
}

function bundleTypeOf(key: string): BundleType {
  if (key.endsWith('.zip')) return 'zip';
  if (key.endsWith('.tar')) return 'tar';
  if (key.endsWith('.tgz') || key.endsWith('.tar.gz')) return 'tgz';
  throw new Error(`The key ${key} does not tell how the revision is packed. Set bundleType to zip, tar or tgz.`);
}
