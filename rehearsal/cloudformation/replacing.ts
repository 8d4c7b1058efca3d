import { changedProperties } from './changed-properties.ts';
import type { Properties, ProvisionedResource, ResourceContext, ResourceType } from './resource-type.ts';

type Update = NonNullable<ResourceType['update']>;

/**
 * An `update` that makes a new resource when one of `immutable` changed (the stack then deletes the old one),
 * and leaves everything else to `inPlace`.
 */
export function replacing(immutable: readonly string[], create: ResourceType['create'], inPlace: Update): Update {
  return (physicalId, properties, previous, context) => {
    const replace = changedProperties(previous, properties).some((name) => immutable.includes(name));
    return replace ? create(properties, context) : inPlace(physicalId, properties, previous, context);
  };
}

/** An `update` that always makes a new resource: for types that CloudFormation itself replaces, or that keep nothing. */
export const alwaysReplacing =
  (create: ResourceType['create']): Update =>
  (
    _physicalId: string,
    properties: Properties,
    _previous: Properties,
    context: ResourceContext,
  ): Promise<ProvisionedResource> =>
    create(properties, context);
