import { join } from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BundlingOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { bundling, REPOSITORY } from '../bundling/bundle.ts';

/** The host agent in one file, in the bucket that `cdk bootstrap` made. */
export class AgentProgram extends Construct {
  readonly bucketName: string;
  readonly objectKey: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Node 22: the newest that Amazon Linux 2023 packages everywhere.
    const program = bundling({ entry: 'agent/main.ts', file: 'agent.mjs', target: 'node22' });
    const asset = new Asset(this, 'Asset', {
      path: join(REPOSITORY, 'agent'),
      ...program,
      bundling: { ...program.bundling, outputType: BundlingOutput.SINGLE_FILE },
    });
    this.bucketName = asset.s3BucketName;
    this.objectKey = asset.s3ObjectKey;
  }
}
