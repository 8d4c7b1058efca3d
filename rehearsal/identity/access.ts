import type { AccessOf } from '../endpoint/protocols/operations.ts';
import type { RoleRegister } from './role-register.ts';

/** Leave for STS's operations. Who one is may be asked by anybody; a role must trust whoever assumes it. */
export const stsAccess: AccessOf = (operation, { RoleArn }) =>
  operation === 'AssumeRole' ? [{ action: 'sts:AssumeRole', resources: [String(RoleArn)] }] : [];

/** Leave for IAM's operations, which name roles without ARN. */
export function iamAccess(register: RoleRegister): AccessOf {
  return (operation, { RoleName, InstanceProfileName }) => {
    const entity =
      typeof RoleName === 'string'
        ? register.roles().find(({ name }) => name === RoleName)
        : register.profiles().find(({ name }) => name === InstanceProfileName);
    return entity && [{ action: `iam:${operation}`, resources: [entity.arn] }];
  };
}
