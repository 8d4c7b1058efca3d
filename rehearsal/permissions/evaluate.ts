import type { Simulation } from '@cloud-copilot/iam-simulate';
import type { RequestContext } from './access.ts';
import { statementsOf, type Policy, type PolicyDocument } from './policies.ts';

/** One request for one action on one resource, with every policy that has a say. */
export interface Question {
  /** An assumed role's session, or a service such as `events.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly accountId: string;
  readonly context: RequestContext;
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  readonly resourcePolicies: readonly Policy[];
}

/** A statement by its place: the first of a document is 0. */
export interface StatementReference {
  readonly policyId: string;
  readonly index: number;
}

/** What the policies say, and which of their statements decided. */
export interface Verdict {
  readonly result: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
  readonly decisive: readonly StatementReference[];
  /** Of a denial: the kind of policy that denies, or lacks the allowance. */
  readonly blockedBy?: 'identity' | 'resource' | 'pb';
}

/** A question that the engine refuses to judge: an action AWS does not have, a policy that is none. */
export class Unanswerable extends Error {}

/**
 * Actions that AWS judges by a resource although its reference names none: its own refusals name the state machine.
 * The engine's checked entrance knows the reference only, so that these take the unchecked one.
 */
const BEYOND_THE_REFERENCE = new Set(['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat']);

/** Loaded at the first question: a rehearsal that asks none does not pay for it. */
const engine = () => import('@cloud-copilot/iam-simulate');

/** @throws Unanswerable */
export async function evaluate(question: Question): Promise<Verdict> {
  return BEYOND_THE_REFERENCE.has(question.action) ? evaluateUnchecked(question) : evaluateChecked(question);
}

async function evaluateChecked(question: Question): Promise<Verdict> {
  const { runSimulation, isWildcardOnlyAction, getGrantReasons, getDenialReasons } = await engine();
  const [service = '', name = ''] = question.action.split(':');
  const withoutResource = await isWildcardOnlyAction(service, name).catch(() => false);
  const asked = withoutResource ? { ...question, resource: '*' } : question;
  const answer = await runSimulation(simulation(asked), {});
  if (answer.resultType === 'error') {
    throw new Unanswerable(`${asked.action} on ${asked.resource}: ${JSON.stringify(answer.errors)}`);
  }

  const analyses =
    answer.resultType === 'single' ? [answer.result.analysis] : answer.results.map(({ analysis }) => analysis);
  const reference = referenceIn(question);
  if (answer.overallResult === 'Allowed') {
    const grants = analyses.flatMap(getGrantReasons);
    return { result: 'Allowed', decisive: grants.flatMap(reference) };
  }
  const denials = analyses.flatMap(getDenialReasons);
  const denial = denials.find(({ denialType }) => denialType === 'Explicit') ?? denials[0];
  return {
    result: answer.overallResult,
    decisive: denials.flatMap(reference),
    blockedBy: denial?.policyType === 'resource' || denial?.policyType === 'pb' ? denial.policyType : 'identity',
  };
}

/** A statement decides here when it allows by itself. */
async function evaluateUnchecked(question: Question): Promise<Verdict> {
  const { runUnsafeSimulation } = await engine();
  const result = runUnsafeSimulation(simulation(question), {});
  const decisive = question.identity.flatMap(({ id, document }) =>
    statementsOf(document).flatMap((statement, index) => {
      const alone = { ...question, identity: [{ id, document: { ...document, Statement: [statement] } }] };
      return runUnsafeSimulation(simulation(alone), {}) === result ? [{ policyId: id, index }] : [];
    }),
  );
  return result === 'Allowed' ? { result, decisive } : { result, decisive: [], blockedBy: 'identity' };
}

function simulation(question: Question): Simulation {
  const { principal, action, resource, accountId, context, identity, boundary, resourcePolicies } = question;
  return {
    request: {
      principal,
      action,
      resource: { resource, accountId },
      contextVariables: context as Record<string, string | string[]>,
    },
    identityPolicies: identity.map(({ id, document }) => ({ name: id, policy: document })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(boundary && { permissionBoundaryPolicies: [{ name: boundary.id, policy: boundary.document }] }),
    ...(resourcePolicies.length > 0 && { resourcePolicy: joined(resourcePolicies) }),
  };
}

/** The engine takes one resource policy: several become one, in order. */
const joined = (policies: readonly Policy[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: policies.flatMap(({ document }) => statementsOf(document)),
});

/** From the engine's way of naming a statement, by policy and number, to ours. */
function referenceIn({ resourcePolicies }: Question) {
  const places = resourcePolicies.flatMap(({ id, document }) =>
    statementsOf(document).map((_, index): StatementReference => ({ policyId: id, index })),
  );
  return (reason: { policyType: string; policyIdentifier?: string; statementIndex?: number }): StatementReference[] => {
    const { policyType, policyIdentifier, statementIndex } = reason;
    if (statementIndex === undefined) return [];
    if (policyType === 'resource') return places.slice(statementIndex - 1, statementIndex);
    return policyIdentifier === undefined ? [] : [{ policyId: policyIdentifier, index: statementIndex - 1 }];
  };
}
