import type { Properties, ResourceContext, ResourceType } from '../cloudformation/resource-type.ts';
import { policyId } from '../identity/role-policies.ts';
import type { Policies, PolicyDocument } from './policies.ts';

/** A resource of a template that is nothing but a policy of others: it is written down for whoever judges calls. */
export function policyResource(
  policies: Policies,
  read: (properties: Properties) => { readonly arns: readonly string[]; readonly document: PolicyDocument },
): ResourceType {
  const put = (properties: Properties, context: ResourceContext): void => {
    const { arns, document } = read(properties);
    const id = policyId(context);
    policies.removeResourcePolicy(id);
    for (const arn of arns) policies.putResourcePolicy(arn, { id, document });
  };
  return {
    async create(properties, context) {
      put(properties, context);
      return { physicalId: context.generateName() };
    },
    async update(physicalId, properties, _previous, context) {
      put(properties, context);
      return { physicalId };
    },
    async delete(_physicalId, _properties, context) {
      policies.removeResourcePolicy(policyId(context));
    },
  };
}
