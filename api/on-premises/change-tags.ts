import type { AddTagsToOnPremisesInstancesInput } from '@aws-sdk/client-codedeploy';

import type { Tags } from '../../core/fleet/tag-filter.ts';
import { faultInInstanceTags, MOST_INSTANCE_TAGS } from '../../core/on-premises/instance-tags.ts';
import type { OnPremisesInstance } from '../../core/on-premises/on-premises-instance.ts';
import {
  InstanceLimitExceeded,
  InstanceNameRequired,
  InvalidTag,
  TagLimitExceeded,
} from '../errors/on-premises-errors.ts';
import { TagRequired } from '../errors/tag-errors.ts';
import type { Ports } from '../operation.ts';
import { findRegisteredInstance, requireInstanceName } from '../validation/on-premises-instance.ts';
import { required } from '../validation/required.ts';

/** From the tags of an instance and those in a request to those that it has then. */
export type ChangeTags = (before: Tags, given: Tags) => Tags;

/** CodeDeploy does not say how many. */
const MOST_INSTANCES = 100;

/**
 * Changes the tags of several instances: of all that are named or, when anything is wrong with one of them, of none.
 * @throws InstanceNameRequired, TagRequired, InvalidInstanceName, InstanceLimitExceeded, InstanceNotRegistered,
 *   InvalidTag, TagLimitExceeded
 */
export async function changeTags(
  input: AddTagsToOnPremisesInstancesInput,
  change: ChangeTags,
  ports: Ports,
): Promise<void> {
  const given = required(input.tags, TagRequired);
  const names = [...new Set(required(input.instanceNames, InstanceNameRequired))];
  if (names.length > MOST_INSTANCES) throw new InstanceLimitExceeded(names.length, MOST_INSTANCES);
  names.forEach(requireInstanceName);
  const instances = await Promise.all(names.map((name) => findRegisteredInstance(name, ports)));
  const tags = checkInstanceTags(given);
  const changed = (instance: OnPremisesInstance) => checkRoom(change(instance.tags, tags), instance);
  // All are looked at before the first is written.
  const changes = instances.map((instance) => ({ instance, after: changed(instance) }));
  await Promise.all(changes.map(({ instance, after }) => save(instance, after, changed, ports)));
}

async function save(
  instance: OnPremisesInstance,
  tags: Tags,
  changed: (instance: OnPremisesInstance) => Tags,
  ports: Ports,
): Promise<void> {
  if ((await ports.onPremisesInstances.setTags(instance, tags)) === 'saved') return;
  // Somebody else has saved something meanwhile: there is an end to this.
  const now = await findRegisteredInstance(instance.instanceName, ports);
  await save(now, changed(now), changed, ports);
}

function checkInstanceTags(given: AddTagsToOnPremisesInstancesInput['tags'] = []): Tags {
  const tags = given.map(({ Key: key = '', Value: value = '' }) => ({ key, value }));
  const fault = faultInInstanceTags(tags);
  if (fault !== undefined) throw new InvalidTag(fault);
  if (tags.length > MOST_INSTANCE_TAGS) throw new TagLimitExceeded('The request', MOST_INSTANCE_TAGS);
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function checkRoom(tags: Tags, { instanceName }: OnPremisesInstance): Tags {
  if (Object.keys(tags).length > MOST_INSTANCE_TAGS) {
    throw new TagLimitExceeded(`The instance ${instanceName}`, MOST_INSTANCE_TAGS);
  }
  return tags;
}
