import type {
  ProvisionedResource,
  Properties,
  ResourceContext,
  ResourceType,
} from '../cloudformation/resource-type.ts';
import { policyDocument, type Policies, type PolicyDocument } from '../permissions/policies.ts';
import { policyId, type CustomerPolicies } from './role-policies.ts';
import type { RoleRegister } from './role-register.ts';

/** `AWS::IAM::Policy`, of several roles, and `AWS::IAM::RolePolicy`, of one. */
export function inlinePolicyType(register: RoleRegister, policies: Policies): ResourceType {
  const put = (properties: Properties, context: ResourceContext): void => {
    const id = policyId(context);
    policies.detach(id);
    const roles = [properties['Roles'] ?? properties['RoleName'] ?? []].flat().map(String);
    for (const role of roles) policies.attach(register.role(role).arn, { id, document: documentIn(properties) });
  };
  return {
    async create(properties, context) {
      put(properties, context);
      const name = String(properties['PolicyName'] ?? context.generateName(128));
      return { physicalId: name, attributes: { Id: name } };
    },
    async update(physicalId, properties, _previous, context) {
      put(properties, context);
      return { physicalId, attributes: { Id: physicalId } };
    },
    async delete(_physicalId, _properties, context) {
      policies.detach(policyId(context));
    },
  };
}

/** `AWS::IAM::ManagedPolicy`, attached by itself to the roles it names, or by roles that name it. */
export function managedPolicyType(
  register: RoleRegister,
  policies: Policies,
  { customer, accountId }: { customer: CustomerPolicies; accountId: string },
): ResourceType {
  const put = (arn: string, properties: Properties): ProvisionedResource => {
    const document = documentIn(properties);
    customer.set(arn, document);
    for (const role of (properties['Roles'] ?? []) as string[])
      policies.attach(register.role(role).arn, { id: arn, document });
    return { physicalId: arn, attributes: { PolicyArn: arn } };
  };
  return {
    create: async (properties, context) => {
      const name = String(properties['ManagedPolicyName'] ?? context.generateName(128));
      return put(`arn:aws:iam::${accountId}:policy${String(properties['Path'] ?? '/')}${name}`, properties);
    },
    update: async (arn, properties) => {
      const attached = [...policies.all()].filter(({ id }) => id === arn).map(({ attachedTo }) => attachedTo);
      policies.detach(arn);
      for (const role of attached) policies.attach(role, { id: arn, document: documentIn(properties) });
      return put(arn, properties);
    },
    async delete(arn) {
      customer.delete(arn);
      policies.detach(arn);
    },
  };
}

const documentIn = (properties: Properties): PolicyDocument => policyDocument(properties['PolicyDocument']);
