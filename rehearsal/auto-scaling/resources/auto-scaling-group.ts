import type { Properties, ResourceType } from '../../cloudformation/resource-type.ts';
import type { OperationHandler } from '../../endpoint/protocols/operations.ts';
import type { AutoScalingAccount } from '../auto-scaling-account.ts';
import { causes } from '../group/causes.ts';
import { readTags, tagInput } from '../group/group-input.ts';
import { createAutoScalingGroup } from '../operations/create-auto-scaling-group.ts';
import { enableMetricsCollection } from '../operations/enable-metrics-collection.ts';
import { updateAutoScalingGroup } from '../operations/update-auto-scaling-group.ts';
import { listOf } from '../../ec2/input.ts';
import { invoke } from './invoke.ts';
import { putHooks } from './put-hooks.ts';

/**
 * `AWS::AutoScaling::AutoScalingGroup`. Creation is over when Auto Scaling accepts it: CloudFormation does not wait
 * for instances. Deletion scales to zero first, so that the hooks of leaving instances run.
 */
export function autoScalingGroupResource(account: AutoScalingAccount): ResourceType {
  const create = createAutoScalingGroup(account);
  const update = updateAutoScalingGroup(account);
  const collect = enableMetricsCollection(account);
  const provisioned = (name: string) => ({
    physicalId: name,
    attributes: { AutoScalingGroupARN: account.groups.get(name).group.arn },
  });
  return {
    create: async (properties, { generateName }) => {
      const name = String(properties['AutoScalingGroupName'] ?? generateName(255));
      await invoke(create, asInput(name, properties));
      await collectMetrics(collect, name, properties);
      return provisioned(name);
    },
    update: async (name, properties, previous) => {
      await putHooks(
        account,
        name,
        properties['LifecycleHookSpecificationList'],
        previous['LifecycleHookSpecificationList'],
      );
      replaceTags(account, name, properties);
      replaceTargetGroups(account, name, properties);
      await invoke(update, asInput(name, properties));
      await collectMetrics(collect, name, properties);
      return provisioned(name);
    },
    delete: async (name) => {
      const managed = account.groups.find(name);
      if (!managed) return;
      managed.deleteByForce(causes.groupDeleted(account.around.timers.now()));
      await account.groups.gone(name);
    },
  };
}

/** Where the template's words differ from the API's. */
function asInput(name: string, properties: Properties): Record<string, unknown> {
  const { VPCZoneIdentifier, Cooldown, ...rest } = properties;
  return {
    ...rest,
    AutoScalingGroupName: name,
    ...(Array.isArray(VPCZoneIdentifier) && { VPCZoneIdentifier: VPCZoneIdentifier.join(',') }),
    ...(Cooldown !== undefined && { DefaultCooldown: Cooldown }),
  };
}

async function collectMetrics(collect: OperationHandler, name: string, properties: Properties): Promise<void> {
  const collections = (properties['MetricsCollection'] ?? []) as readonly Record<string, unknown>[];
  for (const collection of collections) await invoke(collect, { AutoScalingGroupName: name, ...collection });
}

function replaceTags({ groups }: AutoScalingAccount, name: string, properties: Properties): void {
  const { tags } = groups.get(name).group;
  tags.clear();
  for (const [key, tag] of readTags(listOf(tagInput).parse(properties['Tags'] ?? []))) tags.set(key, tag);
}

/** Target groups that the template names are attached with the members that serve; others are drained. */
function replaceTargetGroups({ groups, around }: AutoScalingAccount, name: string, properties: Properties): void {
  const { group } = groups.get(name);
  const wanted = new Set((properties['TargetGroupARNs'] ?? []) as readonly string[]);
  const gone = [...group.targetGroupArns].filter((arn) => !wanted.has(arn));
  const added = [...wanted].filter((arn) => !group.targetGroupArns.has(arn));
  around.traffic.requireTargetGroups(added);
  for (const arn of gone) group.targetGroupArns.delete(arn);
  for (const arn of added) group.targetGroupArns.add(arn);
  for (const { instanceId, lifecycleState } of group.members.values()) {
    void around.traffic.drain(gone, instanceId);
    if (lifecycleState === 'InService') void around.traffic.register(added, instanceId);
  }
}
