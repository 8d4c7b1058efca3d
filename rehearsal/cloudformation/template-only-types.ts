import type { ResourceTypes } from './resource-type.ts';

/** Resources that exist for CloudFormation alone. */
export const templateOnlyTypes: ResourceTypes = {
  'AWS::CDK::Metadata': {
    create: (_properties, context) => Promise.resolve({ physicalId: context.generateName() }),
    update: (physicalId) => Promise.resolve({ physicalId }),
  },
  'AWS::CloudFormation::WaitConditionHandle': {
    create: (_properties, { stackId, logicalId }) => Promise.resolve({ physicalId: `${stackId}/${logicalId}` }),
  },
};
