/** A policy document of IAM, as templates hold it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Statement[] | Statement;
}

export type Statement = Readonly<Record<string, unknown>>;

/** A document and where it came from. */
export interface Policy {
  /** What a person finds it by: `<stack>/<logical id>`, or the ARN of one of AWS's own. */
  readonly id: string;
  readonly document: PolicyDocument;
}

/** What the account has written down of one role. */
interface RolePolicies {
  readonly trust: Policy;
  readonly boundary?: Policy;
  /** What stands with the role itself: its inline policies, and those that it names. */
  readonly own: readonly Policy[];
}

/** The policies of the account: of its roles, and of resources by their ARN. */
export class Policies {
  readonly #roles = new Map<string, RolePolicies>();
  readonly #attached = new Map<string, Map<string, Policy>>();
  readonly #resources = new Map<string, Map<string, Policy>>();
  #revision = 0;

  /** Grows with each change: decisions made under another revision no longer hold. */
  get revision(): number {
    return this.#revision;
  }

  /** A role, or what a change has made of it; attached policies stay. */
  putRole(roleArn: string, role: RolePolicies): void {
    this.#revision += 1;
    this.#roles.set(roleArn, role);
  }

  removeRole(roleArn: string): void {
    this.#revision += 1;
    this.#roles.delete(roleArn);
    this.#attached.delete(roleArn);
  }

  attach(roleArn: string, policy: Policy): void {
    this.#revision += 1;
    const attached = this.#attached.get(roleArn) ?? new Map<string, Policy>();
    this.#attached.set(roleArn, attached.set(policy.id, policy));
  }

  /** Takes a policy from every role that has it. */
  detach(policyId: string): void {
    this.#revision += 1;
    for (const attached of this.#attached.values()) attached.delete(policyId);
  }

  /** A resource may have several documents, as a function has one for each permission. */
  putResourcePolicy(resourceArn: string, policy: Policy): void {
    this.#revision += 1;
    const policies = this.#resources.get(resourceArn) ?? new Map<string, Policy>();
    this.#resources.set(resourceArn, policies.set(policy.id, policy));
  }

  removeResourcePolicy(policyId: string): void {
    this.#revision += 1;
    for (const policies of this.#resources.values()) policies.delete(policyId);
  }

  /** Undefined for a role that nobody made. */
  ofRole(roleArn: string): { readonly identity: readonly Policy[]; readonly boundary?: Policy } | undefined {
    const role = this.#roles.get(roleArn);
    if (!role) return undefined;
    const identity = [...role.own, ...(this.#attached.get(roleArn)?.values() ?? [])];
    return { identity, ...(role.boundary && { boundary: role.boundary }) };
  }

  /** A role's trust policy is its resource policy; objects share their bucket's, indexes their table's. */
  ofResource(arn: string): readonly Policy[] {
    const trust = this.#roles.get(arn)?.trust;
    if (trust) return [trust];
    return [...(this.#resources.get(ownerOf(arn))?.values() ?? [])];
  }

  /** Every policy, each with what it is attached to. */
  *all(): Iterable<Policy & { readonly attachedTo: string; readonly kind: 'identity' | 'trust' | 'resource' }> {
    for (const [attachedTo, { trust }] of this.#roles) {
      yield { ...trust, attachedTo, kind: 'trust' };
      for (const policy of this.ofRole(attachedTo)?.identity ?? []) yield { ...policy, attachedTo, kind: 'identity' };
    }
    for (const [attachedTo, policies] of this.#resources) {
      for (const policy of policies.values()) yield { ...policy, attachedTo, kind: 'resource' };
    }
  }
}

/** @throws Error as IAM words it, for what is no policy document */
export function policyDocument(value: unknown): PolicyDocument {
  const statement = typeof value === 'object' && value !== null ? (value as PolicyDocument).Statement : undefined;
  if (typeof statement !== 'object') throw new Error('MalformedPolicyDocument: a policy needs a Statement');
  return value as PolicyDocument;
}

/** @returns the statements of a document: a lone one may stand without a list around it */
export const statementsOf = ({ Statement }: PolicyDocument): readonly Statement[] =>
  Array.isArray(Statement) ? (Statement as readonly Statement[]) : [Statement as Statement];

/** The resource that carries the policy: a bucket for its objects, a table for its indexes, a function for its versions. */
function ownerOf(arn: string): string {
  const [, , service] = arn.split(':');
  if (service === 's3') return arn.split('/')[0] ?? arn;
  if (service === 'dynamodb') return arn.split('/').slice(0, 2).join('/');
  if (service === 'lambda') return arn.split(':').slice(0, 7).join(':');
  return arn;
}
