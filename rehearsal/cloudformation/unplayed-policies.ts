import type { Template } from './template.ts';

/** Changes nothing here: CDK writes it for every group, and groups keep what a template leaves unmodified. */
const HARMLESS = ['AutoScalingScheduledAction'];

/** Creation and update policies that would make AWS wait or roll, in words for a person: a rehearsal plays none. */
export function unplayedPolicies({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([logicalId, { CreationPolicy, UpdatePolicy, Type }]) =>
    Object.keys({ ...(CreationPolicy as object), ...(UpdatePolicy as object) })
      .filter((policy) => !HARMLESS.includes(policy))
      .map((policy) => `${logicalId} (${Type}): the rehearsal ignores the policy ${policy}`),
  );
}
