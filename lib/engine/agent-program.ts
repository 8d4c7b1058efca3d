import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { AssetHashType } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { executable } from '../bundling/executable.ts';
import { script } from '../bundling/script.ts';
import type { Architecture } from '../bundling/node-binary.ts';
import { agentBuilds } from './agent-builds.ts';
import { NOT_PUBLISHED } from './engine.ts';

/** The bundle that becomes the host agent. */
const AGENT = { entry: 'agent/main.ts', file: 'slipway-agent.cjs', target: 'node24' } as const;

/** The host agent, one executable per architecture, in the bucket that `cdk bootstrap` made. */
export class AgentProgram extends Construct {
  readonly bucketName: string;
  /** `NOT_PUBLISHED` for an architecture that was not asked for. */
  readonly objectKeys: Readonly<Record<Architecture, string>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const assets = agentBuilds(this).map(({ architecture, form }) => {
      const { file, hash } =
        form === 'script'
          ? script({ program: AGENT })
          : executable({ program: AGENT, architecture, compressed: form === 'compressed' });
      // The hash of what it is made from: to hash a hundred megabytes at each synthesis would only tell the same.
      const asset = new Asset(this, architecture, { path: file, assetHash: hash, assetHashType: AssetHashType.CUSTOM });
      return { architecture, asset };
    });
    const keyOf = (wanted: Architecture): string =>
      assets.find(({ architecture }) => architecture === wanted)?.asset.s3ObjectKey ?? NOT_PUBLISHED;
    this.bucketName = assets[0]?.asset.s3BucketName ?? NOT_PUBLISHED;
    this.objectKeys = { x86_64: keyOf('x86_64'), arm64: keyOf('arm64') };
  }
}
