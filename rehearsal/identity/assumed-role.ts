import type { Caller } from '../endpoint/service.ts';

/** Somebody who asks for leave; a caller without the key it signs with. */
export type Principal = Omit<Caller, 'accessKeyId'>;

/** A session of a role. @param otherwise the account, for a role's ARN without one */
export function assumedRole(roleArn: string, sessionName: string, otherwise: string): Principal {
  const accountId = roleArn.split(':')[4] || otherwise;
  // Assumed-role ARNs carry the role's name without its path.
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return { arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${sessionName}`, accountId, roleArn, sessionName };
}
