import { queryService } from '../endpoint/protocols/query.ts';
import type { Service } from '../endpoint/service.ts';
import { iamAccess } from './access.ts';
import type { InstanceProfile, Role, RoleRegister } from './role-register.ts';

/** IAM, as far as one asks it who is who: roles and instance profiles can be read. They are made by templates. */
export function iam(register: RoleRegister): Service {
  return queryService({
    signingNames: ['iam'],
    access: iamAccess(register),
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: {
      GetRole: (input) => answer(() => ({ Role: roleView(register.role(String(input['RoleName']))) })),
      ListRoles: () => answer(() => ({ Roles: register.roles().map(roleView), IsTruncated: false })),
      GetInstanceProfile: (input) =>
        answer(() => ({
          InstanceProfile: profileView(register.profile(String(input['InstanceProfileName'])), register),
        })),
      ListInstanceProfiles: () =>
        answer(() => ({
          InstanceProfiles: register.profiles().map((profile) => profileView(profile, register)),
          IsTruncated: false,
        })),
    },
  });
}

/** Lets what is thrown at once reject the promise instead. */
const answer = async (view: () => unknown): Promise<unknown> => view();

const roleView = ({ name, arn, id, path, createdAtMs, assumeRolePolicy }: Role) => ({
  Path: path,
  RoleName: name,
  RoleId: id,
  Arn: arn,
  CreateDate: new Date(createdAtMs),
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(assumeRolePolicy ?? {})), // IAM encodes it like a URL
});

const profileView = ({ name, arn, id, path, createdAtMs, roleName }: InstanceProfile, register: RoleRegister) => ({
  Path: path,
  InstanceProfileName: name,
  InstanceProfileId: id,
  Arn: arn,
  CreateDate: new Date(createdAtMs),
  Roles: roleName === undefined ? [] : [roleView(register.role(roleName))],
});
