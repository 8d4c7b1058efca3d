import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { createAssets, type Assets } from './assembly/assets.ts';
import { deployAssembly } from './assembly/deploy-assembly.ts';
import { cloudFormationRole } from './cloudformation/cloudformation-role.ts';
import { createCloudFormation, type CloudFormation } from './cloudformation/cloudformation.ts';
import { customResourceType, isCustomResource } from './cloudformation/custom-resource.ts';
import type { ParameterLookup } from './cloudformation/parameters.ts';
import type { ResourceType, ResourceTypes } from './cloudformation/resource-type.ts';
import { templateOnlyTypes } from './cloudformation/template-only-types.ts';
import type { Route } from './endpoint/endpoint.ts';
import { clientAs } from './identity/client-as.ts';
import type { Ground } from './part.ts';

export interface ProvisioningOptions {
  readonly route: Route;
  readonly lookup: ParameterLookup;
  /** What the parts can make; asked for when an assembly is deployed. */
  readonly resourceTypes: () => ResourceTypes;
}

/** What brings an assembly into the cloud: published assets and stacks. */
export interface Provisioning {
  readonly assets: Assets;
  readonly cloudFormation: CloudFormation;
  /** Undefined when nobody plays the type. */
  readonly typeOf: (type: string) => ResourceType | undefined;
  /** @throws Error naming what cannot be played, or the resource that failed */
  deploy(assemblyDirectory: string): Promise<void>;
  close(): void;
}

export function createProvisioning(
  ground: Ground,
  { route, lookup, resourceTypes }: ProvisioningOptions,
): Provisioning {
  const settings = clientAs(cloudFormationRole(ground), 'AWSCloudFormation', ground);
  const [lambda, s3] = [new LambdaClient(settings), new S3Client(settings)];
  const { clock, region, accountId } = ground;
  const assets = createAssets({ s3, region, accountId });
  const customResources = customResourceType({ lambda, clock, route, endpoint: () => ground.endpoint() });
  const typeOf = (type: string): ResourceType | undefined =>
    isCustomResource(type) ? customResources : (templateOnlyTypes[type] ?? resourceTypes()[type]);
  const cloudFormation = createCloudFormation({ ground, lookup, typeOf });
  return {
    assets,
    cloudFormation,
    typeOf,
    deploy: (assemblyDirectory) => deployAssembly(assemblyDirectory, { cloudFormation, assets }),
    close() {
      lambda.destroy();
      s3.destroy();
    },
  };
}
