import type { AwsRequest } from '../endpoint/service.ts';
import type { Clock } from '../clock.ts';
import type { Principal } from '../identity/assumed-role.ts';
import type { Journal } from '../journal.ts';
import type { Access, RequestContext } from './access.ts';
import { unknownKeys } from './condition-keys.ts';
import { DEFAULT_KEY_POLICY, defaultKeyPolicy, isKey } from './default-key-policy.ts';
import { evaluate, Unanswerable, type Question, type Verdict } from './evaluate.ts';
import { Policies, type Policy } from './policies.ts';
import { refusalFor, type Refusal } from './refusal.ts';
import { sharedContext } from './request-context.ts';
import { Usage, type StatementUse } from './usage.ts';

/** The part of a permission check that parts of the cloud see. */
export interface Permissions {
  readonly policies: Policies;
  /**
   * Whether a caller may do all of it.
   * @returns the first refusal; undefined when everything is allowed
   */
  refusal(caller: Principal, asked: readonly Access[], headers?: AwsRequest['headers']): Promise<Refusal | undefined>;
  /** Every call that was refused, each kind once. */
  readonly refusals: readonly Refusal[];
  /** Every statement, with the calls that it decided. */
  usage(): StatementUse[];
}

interface PermissionsOptions {
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  readonly journal: Journal;
}

/** What the account's own user may do, and the roles that AWS and the CDK bring along: everything that nobody denies. */
const ADMINISTRATOR: Policy = {
  id: 'arn:aws:iam::aws:policy/AdministratorAccess',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};
const BROUGHT_ALONG = /:role\/(aws-service-role\/|cdk-[a-z0-9]+-)/;

/** Decisions that are remembered; a fleet of thousands of hosts asks for as many. */
const MOST_REMEMBERED = 50_000;

/** Checks calls against the account's policies, by the engine, and remembers what it said. */
export class EnforcedPermissions implements Permissions {
  readonly policies = new Policies();
  readonly #options: PermissionsOptions;
  readonly #usage = new Usage();
  readonly #warnings = new Set<string>();
  readonly #refusals = new Map<string, Refusal>();
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  readonly #mentioned = new Map<string, boolean>();
  #revision = -1;
  #text = '';

  constructor(options: PermissionsOptions) {
    this.#options = options;
  }

  get refusals(): readonly Refusal[] {
    return [...this.#refusals.values()];
  }

  usage(): StatementUse[] {
    return this.#usage.report(this.policies);
  }

  async refusal(
    caller: Principal,
    asked: readonly Access[],
    headers?: AwsRequest['headers'],
  ): Promise<Refusal | undefined> {
    for (const { action, resources, context } of asked) {
      for (const resource of resources) {
        const refusal = await this.#judge(caller, { action, resource }, { headers, context });
        if (refusal) return refusal;
      }
    }
    return undefined;
  }

  async #judge(
    caller: Principal,
    { action, resource }: { action: string; resource: string },
    { headers, context }: { headers: AwsRequest['headers'] | undefined; context: RequestContext | undefined },
  ): Promise<Refusal | undefined> {
    const resourcePolicies = this.#policiesOf(resource);
    const identity = this.#identityOf(caller);
    if (identity[0] === ADMINISTRATOR && resourcePolicies.length === 0) return undefined;

    const { region, accountId, clock } = this.#options;
    const shared = sharedContext(caller, { region, nowMs: clock.now(), ...(headers && { headers }) });
    const boundary = caller.roleArn === undefined ? undefined : this.policies.ofRole(caller.roleArn)?.boundary;
    const question: Question = {
      principal: caller.service?.principal ?? caller.arn,
      action,
      resource,
      accountId,
      context: this.#worthKnowing({ ...shared, ...context }),
      identity,
      ...(boundary && { boundary }),
      resourcePolicies,
    };
    const verdict = await this.#verdict(question, caller);
    const written = verdict.decisive.filter(({ policyId }) => policyId !== DEFAULT_KEY_POLICY);
    this.#usage.record(written, action, resource);
    return verdict.result === 'Allowed' ? undefined : this.#refuse(caller, question, verdict);
  }

  #policiesOf(resource: string): readonly Policy[] {
    return isKey(resource) ? [defaultKeyPolicy(this.#options.accountId)] : this.policies.ofResource(resource);
  }

  #identityOf({ roleArn, service }: Principal): readonly Policy[] {
    if (service) return [];
    const role = roleArn === undefined ? undefined : this.policies.ofRole(roleArn);
    if (role) return role.identity;
    return roleArn === undefined || BROUGHT_ALONG.test(roleArn) ? [ADMINISTRATOR] : [];
  }

  #verdict(question: Question, caller: Principal): Promise<Verdict> {
    this.#forgetWhatChanged();
    const { principal, action, resource, context } = question;
    // Sessions of one role are told apart only where a policy names one: else a fleet's hosts would each be judged anew.
    const session = this.#text.includes(':assumed-role/') ? principal : undefined;
    const key = JSON.stringify([session, caller.roleArn ?? principal, action, resource, context]);
    let verdict = this.#verdicts.get(key);
    if (!verdict) {
      if (this.#verdicts.size >= MOST_REMEMBERED) this.#verdicts.clear();
      verdict = evaluate(question).catch((error: unknown) => this.#unanswered(error));
      this.#verdicts.set(key, verdict);
    }
    return verdict;
  }

  /** What cannot be judged is not allowed, and somebody should know why. */
  #unanswered(error: unknown): Verdict {
    if (!(error instanceof Unanswerable)) throw error;
    this.#options.journal.record({ kind: 'warning', message: `A permission could not be judged: ${error.message}` });
    return { result: 'ImplicitlyDenied', decisive: [] };
  }

  #forgetWhatChanged(): void {
    if (this.#revision === this.policies.revision) return;
    this.#revision = this.policies.revision;
    this.#verdicts.clear();
    this.#mentioned.clear();
    this.#warnOfUnknownKeys();
    this.#text = JSON.stringify([...this.policies.all()].map(({ document }) => document)).toLowerCase();
  }

  /** A condition on what is never there would look like a refusal, or like an allowance, that AWS does not know. */
  #warnOfUnknownKeys(): void {
    for (const { id, document } of this.policies.all()) {
      for (const key of unknownKeys(document)) {
        const message = `${id} has a condition on ${key}, which the rehearsal does not know: no request has it here`;
        if (this.#warnings.has(message)) continue;
        this.#warnings.add(message);
        this.#options.journal.record({ kind: 'warning', message });
      }
    }
  }

  /** Keys that no policy names change nothing, and would keep decisions from being found again. */
  #worthKnowing(context: RequestContext): RequestContext {
    this.#forgetWhatChanged();
    return Object.fromEntries(Object.entries(context).filter(([key]) => this.#isMentioned(key.toLowerCase())));
  }

  #isMentioned(key: string): boolean {
    let mentioned = this.#mentioned.get(key);
    if (mentioned === undefined) this.#mentioned.set(key, (mentioned = this.#text.includes(key)));
    return mentioned;
  }

  #refuse(caller: Principal, { principal, action, resource }: Question, verdict: Verdict): Refusal {
    const refusal = refusalFor({ principal, action, resource, isService: caller.service !== undefined }, verdict);
    if (!this.#refusals.has(refusal.message)) {
      this.#refusals.set(refusal.message, refusal);
      this.#options.journal.record({ kind: 'warning', message: refusal.message });
    }
    return refusal;
  }
}
