import type { Properties, ResourceContext } from '../cloudformation/resource-type.ts';
import type { Journal } from '../journal.ts';
import { managedPolicy } from '../permissions/managed-policies.ts';
import { policyDocument, type Policies, type Policy, type PolicyDocument } from '../permissions/policies.ts';

/** What a person finds a policy of a template by. */
export const policyId = ({ stackName, logicalId }: ResourceContext, name?: string): string =>
  [stackName, logicalId, ...(name === undefined ? [] : [name])].join('/');

/** Policies of the templates' own that roles refer to by ARN. */
export type CustomerPolicies = Map<string, PolicyDocument>;

interface Register {
  readonly policies: Policies;
  readonly customer: CustomerPolicies;
  readonly journal: Journal;
}

/** Writes down what a role's resource says: whom it trusts, what it may do by itself and by policies it names. */
export function writeRolePolicies(
  register: Register,
  roleArn: string,
  properties: Properties,
  context: ResourceContext,
): void {
  const { policies } = register;
  const trust = {
    id: policyId(context, 'AssumeRolePolicyDocument'),
    document: policyDocument(properties['AssumeRolePolicyDocument'] ?? NOTHING),
  };
  const boundary = properties['PermissionsBoundary'];
  policies.putRole(roleArn, {
    trust,
    ...(typeof boundary === 'string' && { boundary: byArn(register, boundary, context) }),
    own: ownPolicies(register, properties, context),
  });
}

function ownPolicies(register: Register, properties: Properties, context: ResourceContext): Policy[] {
  const inline = (properties['Policies'] ?? []) as { PolicyName: string; PolicyDocument: unknown }[];
  const named = (properties['ManagedPolicyArns'] ?? []) as string[];
  return [
    ...inline.map(({ PolicyName, PolicyDocument }) => ({
      id: policyId(context, PolicyName),
      document: policyDocument(PolicyDocument),
    })),
    ...named.map((arn) => byArn(register, arn, context)),
  ];
}

function byArn({ customer, journal }: Register, arn: string, context: ResourceContext): Policy {
  const document = customer.get(arn) ?? managedPolicy(arn);
  if (!document) {
    const message = `${context.logicalId} has the policy ${arn}, whose text the rehearsal does not know: it allows nothing here`;
    journal.record({ kind: 'warning', message });
  }
  return { id: arn, document: document ?? NOTHING };
}

const NOTHING: PolicyDocument = { Version: '2012-10-17', Statement: [] };
