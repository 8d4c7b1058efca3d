import { changedProperties } from './changed-properties.ts';
import type { Properties, ProvisionedResource, ResourceContext, ResourceType } from './resource-type.ts';
import type { StackResource } from './stack.ts';

/** What has to happen to one resource, and what is left of its predecessor. */
export type Change =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly changed: readonly string[] }
  | { readonly kind: 'none' };

/** Compares a resource as it stands with the properties it should have. */
export function changeOf(existing: StackResource | undefined, type: string, properties: Properties): Change {
  if (!existing) return { kind: 'create' };
  if (existing.type !== type)
    throw new Error(`its type cannot change from ${existing.type} to ${type}; rename its logical id`);
  const changed = changedProperties(existing.properties, properties);
  return changed.length === 0 ? { kind: 'none' } : { kind: 'update', changed };
}

/** @throws Error naming the changed properties when the type cannot be updated here */
export async function updateResource(
  resourceType: ResourceType,
  existing: StackResource,
  properties: Properties,
  changed: readonly string[],
  context: ResourceContext,
): Promise<ProvisionedResource> {
  if (!resourceType.update) {
    throw new Error(`the rehearsal cannot update ${existing.type}, and ${changed.join(', ')} changed`);
  }
  return resourceType.update(existing.physicalId, properties, existing.properties, context);
}

/** The record a stack keeps of a provisioned resource. */
export const stackResource = (
  { logicalId, type }: ResourceContext,
  { physicalId, ref = physicalId, attributes = {} }: ProvisionedResource,
  properties: Properties,
): StackResource => ({ logicalId, type, physicalId, ref, attributes, properties });
