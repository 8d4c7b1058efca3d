import type { Ground } from '../part.ts';
import type { Refusal } from '../permissions/refusal.ts';

/**
 * Whether a role lets a service act as it.
 * @param service `lambda.amazonaws.com`
 * @returns why not; undefined when the role's trust policy allows it
 */
export function refusalToServe(
  { permissions, accountId }: Pick<Ground, 'permissions' | 'accountId'>,
  roleArn: string,
  service: string,
): Promise<Refusal | undefined> {
  const caller = { arn: service, accountId, service: { principal: service } };
  return permissions.refusal(caller, [{ action: 'sts:AssumeRole', resources: [roleArn] }]);
}
