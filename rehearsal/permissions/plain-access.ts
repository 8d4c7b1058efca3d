import type { Access } from './access.ts';

/** Signing names that are not the prefix of the service's actions. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/**
 * Leave for an operation that is named like its action, on the resources that its input names by ARN; on all resources
 * where it names none.
 */
export function plainAccess(
  signingName: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Access[] {
  const arns = Object.entries(input).flatMap(([member, value]) => (/arns?$/i.test(member) ? [value].flat() : []));
  const resources = arns.filter((arn): arn is string => typeof arn === 'string' && arn.startsWith('arn:'));
  return [{ action: `${PREFIXES[signingName] ?? signingName}:${operation}`, resources: orAll(resources) }];
}

/** `*` where a call names no resource. */
export const orAll = (arns: readonly string[]): readonly string[] => (arns.length > 0 ? arns : ['*']);

/** Leave to hand a role to a service, which asks for it beside the call's own. */
export const passRole = (roleArn: string, service: string): Access => ({
  action: 'iam:PassRole',
  resources: [roleArn],
  context: { 'iam:PassedToService': service },
});
