import {
  type IamIdentity,
  isIdentity,
  isInstanceName,
  isRegistered,
  type OnPremisesInstance,
} from '../../core/on-premises/on-premises-instance.ts';
import {
  IamArnRequired,
  InstanceNameRequired,
  InstanceNotRegistered,
  InvalidIamSessionArn,
  InvalidIamUserArn,
  InvalidInstanceName,
  MultipleIamArnsProvided,
} from '../errors/on-premises-errors.ts';
import type { Ports } from '../operation.ts';
import { required } from './required.ts';

/** @throws InstanceNameRequired, InvalidInstanceName */
export function requireInstanceName(instanceName: string | undefined): string {
  return checkInstanceName(required(instanceName, InstanceNameRequired));
}

/** Where another member is required too, which comes before the syntax of any. @throws InvalidInstanceName */
export function checkInstanceName(instanceName: string): string {
  if (!isInstanceName(instanceName)) throw new InvalidInstanceName(instanceName);
  return instanceName;
}

/** The one that is given, which nobody has looked at yet. @throws IamArnRequired, MultipleIamArnsProvided */
export function requireIamIdentity(input: {
  readonly iamUserArn?: string | undefined;
  readonly iamSessionArn?: string | undefined;
}): IamIdentity {
  const { iamUserArn, iamSessionArn } = input;
  if (iamUserArn && iamSessionArn) throw new MultipleIamArnsProvided();
  if (iamUserArn) return { kind: 'user', arn: iamUserArn };
  return { kind: 'session', arn: required(iamSessionArn, IamArnRequired) };
}

/** @throws InvalidIamUserArn, InvalidIamSessionArn */
export function checkIamIdentity(identity: IamIdentity): IamIdentity {
  if (isIdentity(identity)) return identity;
  throw identity.kind === 'user' ? new InvalidIamUserArn(identity.arn) : new InvalidIamSessionArn(identity.arn);
}

/** @throws InstanceNotRegistered when it never was, or is no longer */
export async function findRegisteredInstance(
  instanceName: string,
  { onPremisesInstances }: Pick<Ports, 'onPremisesInstances'>,
): Promise<OnPremisesInstance> {
  const instance = await onPremisesInstances.byName(instanceName);
  if (!instance || !isRegistered(instance)) throw new InstanceNotRegistered(instanceName);
  return instance;
}
