import { createClock } from '../../../rehearsal/clock.ts';
import { assumedRole, type Principal } from '../../../rehearsal/identity/assumed-role.ts';
import { Journal } from '../../../rehearsal/journal.ts';
import { EnforcedPermissions } from '../../../rehearsal/permissions/permissions.ts';
import type { PolicyDocument, Statement } from '../../../rehearsal/permissions/policies.ts';

const ACCOUNT_ID = '123456789012';

export const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/Worker`;
export const WORKER: Principal = assumedRole(ROLE, 'job', ACCOUNT_ID);
export const USER: Principal = { arn: `arn:aws:iam::${ACCOUNT_ID}:user/rehearsal`, accountId: ACCOUNT_ID };

export const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:${ACCOUNT_ID}:${rest}`;

export const aService = (principal: string, sourceArn?: string): Principal => ({
  arn: principal,
  accountId: ACCOUNT_ID,
  service: { principal, ...(sourceArn !== undefined && { sourceArn }) },
});

export const allow = (Action: string | string[], Resource: string | string[], Condition?: object): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

export const deny = (Action: string, Resource: string): Statement => ({ Effect: 'Deny', Action, Resource });

export const document = (...statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

/**
 * An account in which the role `Worker`, which Lambda may assume, has these statements.
 * @param warnings gets what the account warns of
 */
export function anAccount(
  { may = [], boundary }: { may?: readonly Statement[]; boundary?: readonly Statement[] } = {},
  warnings: string[] = [],
): EnforcedPermissions {
  const clock = createClock(1);
  const journal = new Journal(() => clock.now());
  journal.follow((entry) => {
    if (entry.kind === 'warning') warnings.push(entry.message);
  });
  const permissions = new EnforcedPermissions({ accountId: ACCOUNT_ID, region: 'us-east-1', clock, journal });
  const trust = document({
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  permissions.policies.putRole(ROLE, {
    trust: { id: 'Stack/Worker/AssumeRolePolicyDocument', document: trust },
    own: [{ id: 'Stack/Worker/Work', document: document(...may) }],
    ...(boundary && { boundary: { id: 'Stack/Boundary', document: document(...boundary) } }),
  });
  return permissions;
}
