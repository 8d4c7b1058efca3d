import {
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  type S3Client,
} from '@aws-sdk/client-s3';
import { replacing } from '../../cloudformation/replacing.ts';
import type {
  Properties,
  ProvisionedResource,
  ResourceContext,
  ResourceType,
} from '../../cloudformation/resource-type.ts';
import type { Ground } from '../../part.ts';

/** `AWS::S3::Bucket`. Objects have no versions here. */
export function bucketType(s3: S3Client, { region }: Ground): ResourceType {
  const create = async (properties: Properties, context: ResourceContext): Promise<ProvisionedResource> => {
    const name = String(properties['BucketName'] ?? context.generateName(63).toLowerCase());
    if (properties['BucketName'] !== undefined && (await exists(name))) {
      throw new Error(`The bucket ${name} exists already`);
    }
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    return describe(name);
  };

  const exists = (bucket: string): Promise<boolean> =>
    s3.send(new HeadBucketCommand({ Bucket: bucket })).then(
      () => true,
      () => false,
    );

  const describe = (name: string): ProvisionedResource => ({
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  });

  return {
    create,
    update: replacing(['BucketName'], create, (name) => Promise.resolve(describe(name))),
    async delete(name) {
      const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: name, MaxKeys: 1 }));
      if (KeyCount > 0) throw new Error(`The bucket you tried to delete is not empty: ${name}`);
      await s3.send(new DeleteBucketCommand({ Bucket: name })).catch((error: unknown) => {
        if (!(error instanceof NoSuchBucket)) throw error;
      });
    },
  };
}
