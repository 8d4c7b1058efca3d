import type { LambdaFunctionURLEvent, LambdaFunctionURLEventWithIAMAuthorizer } from 'aws-lambda';

import { type HostIdentifier, parseHostIdentifier } from '../../core/identifiers.ts';
import type { Leg } from '../../core/mailbox/leg.ts';
import { AccessDenied } from './faults.ts';

/** A call through the function URL. Only one that Lambda verified has an `authorizer`. */
export type UrlEvent = LambdaFunctionURLEvent | LambdaFunctionURLEventWithIAMAuthorizer;

/** Who calls: an EC2 instance, by the session that instance metadata gave it. */
export interface Caller {
  readonly accountId: string;
  readonly roleName: string;
  /** EC2 names the session of an instance's role by the instance, and nobody but EC2 can. */
  readonly sessionName: string;
}

/**
 * The caller that Lambda verified. `userArn` of an instance is `arn:aws:sts::111122223333:assumed-role/WebRole/i-0abc`.
 * @throws AccessDenied for anybody who is no session of a role
 */
export function callerOf({ requestContext }: UrlEvent): Caller {
  const userArn = ('authorizer' in requestContext && requestContext.authorizer.iam.userArn) || '';
  const [, accountId, roleName, sessionName] =
    /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(userArn) ?? [];
  if (!accountId || !roleName || !sessionName) {
    throw new AccessDenied('Only instances may ask for commands, with the credentials of their instance profile');
  }
  return { accountId, roleName, sessionName };
}

/** The host a request speaks for. @throws AccessDenied unless it is the caller itself */
export function requireOwnHost(caller: Caller, hostIdentifier: string): HostIdentifier {
  const host = parseHostIdentifier(hostIdentifier);
  if (host?.instanceId !== caller.sessionName || host.accountId !== caller.accountId) {
    throw new AccessDenied(`${caller.sessionName} may not speak for ${hostIdentifier}`);
  }
  return host;
}

/** @throws AccessDenied when the deployment group knows its instances by another role */
export function requireRole(caller: Caller, leg: Leg): void {
  if (leg.instanceRoleName !== undefined && leg.instanceRoleName !== caller.roleName) {
    throw new AccessDenied(
      `The deployment group’s instances use the role ${leg.instanceRoleName}, not ${caller.roleName}`,
    );
  }
}
