import type { ResourceTypes } from './resource-type.ts';

/** Resources that exist for CloudFormation alone. */
export const templateOnlyTypes: ResourceTypes = {
  'AWS::CDK::Metadata': {
    properties: { honoured: [], withoutEffect: { 'counts constructs for the makers of the CDK': ['Analytics'] } },
    create: (_properties, context) => Promise.resolve({ physicalId: context.generateName() }),
    update: (physicalId) => Promise.resolve({ physicalId }),
  },
  'AWS::CloudFormation::WaitConditionHandle': {
    properties: { honoured: [] },
    create: (_properties, { stackId, logicalId }) => Promise.resolve({ physicalId: `${stackId}/${logicalId}` }),
  },
};
