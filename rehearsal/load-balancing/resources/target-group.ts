import { z } from 'zod';
import type { Properties, ProvisionedResource, ResourceType } from '../../cloudformation/resource-type.ts';
import { readInput } from '../../ec2/input.ts';
import { resourceTags } from '../../ec2/resources/resource-tags.ts';
import type { TargetGroup } from '../targets/target-group.ts';
import { targetGroupSettings } from '../targets/target-group.ts';
import type { TargetGroups } from '../targets/target-groups.ts';
import { targetInput } from '../targets/target-input.ts';

const rules = targetGroupSettings.extend({
  TargetGroupAttributes: z.array(z.object({ Key: z.string(), Value: z.coerce.string() })).default([]),
  Targets: z.array(targetInput).default([]),
});

/** `AWS::ElasticLoadBalancingV2::TargetGroup` */
export function targetGroupResource(targetGroups: TargetGroups): ResourceType {
  return {
    create: (properties, { generateName }) => {
      const name = properties['Name'] ?? generateName(32);
      const { TargetGroupAttributes, Targets, ...settings } = readInput(rules, properties, 'ValidationError');
      const group = targetGroups.create(String(name), settings);
      describe(group, properties, TargetGroupAttributes);
      for (const { Id, Port } of Targets) targetGroups.register(group, Id, Port);
      return Promise.resolve(provisioned(group));
    },
    update: (physicalId, properties) => {
      const { TargetGroupAttributes, Targets, ...settings } = readInput(rules, properties, 'ValidationError');
      const group = targetGroups.get(physicalId);
      group.settings = settings;
      describe(group, properties, TargetGroupAttributes);
      for (const { Id, Port } of Targets) targetGroups.register(group, Id, Port);
      return Promise.resolve(provisioned(group));
    },
    delete: (physicalId) => {
      const group = targetGroups.find(physicalId);
      if (group) targetGroups.delete(group);
      return Promise.resolve();
    },
  };
}

function describe(
  { attributes, tags }: TargetGroup,
  properties: Properties,
  given: readonly { Key: string; Value: string }[],
): void {
  for (const { Key, Value } of given) attributes.set(Key, Value);
  for (const [key, value] of resourceTags(properties['Tags'])) tags.set(key, value);
}

const provisioned = ({ arn, name }: TargetGroup): ProvisionedResource => ({
  physicalId: arn,
  attributes: {
    TargetGroupArn: arn,
    TargetGroupName: name,
    TargetGroupFullName: arn.slice(arn.indexOf('targetgroup/')),
    LoadBalancerArns: [],
  },
});
