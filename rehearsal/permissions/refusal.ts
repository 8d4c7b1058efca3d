import type { Verdict } from './evaluate.ts';

/** A call that nobody allows, in AWS's words. */
export interface Refusal {
  readonly principal: string;
  readonly action: string;
  /** `*` for an action that knows no resources. */
  readonly resource: string;
  readonly message: string;
}

/** Services that write an action in a way of their own. */
const SPELLINGS: Readonly<Record<string, (action: string) => string>> = {
  sns: (action) => action.replace(/^sns:/, 'SNS:'),
  sqs: (action) => action.toLowerCase(),
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function refusalFor(
  { principal, action, resource, isService }: Omit<Refusal, 'message'> & { isService: boolean },
  verdict: Verdict,
): Refusal {
  const spelt = SPELLINGS[action.split(':')[0] ?? '']?.(action) ?? action;
  const place = resource === '*' ? '' : ` on resource: ${resource}`;
  const message = `User: ${principal} is not authorized to perform: ${spelt}${place} ${reason(spelt, verdict, isService)}`;
  return { principal, action, resource, message };
}

const KINDS = { identity: 'identity-based policy', resource: 'resource-based policy', pb: 'permissions boundary' };

function reason(action: string, { result, blockedBy = 'identity' }: Verdict, isService: boolean): string {
  // A service has no policies of its own: only the resource could allow it.
  const kind = KINDS[isService ? 'resource' : blockedBy];
  const article = kind.startsWith('i') ? 'an' : 'a';
  return result === 'ExplicitlyDenied'
    ? `with an explicit deny in ${article} ${kind}`
    : `because no ${kind} allows the ${action} action`;
}
