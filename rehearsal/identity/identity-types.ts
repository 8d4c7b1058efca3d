import { replacing } from '../cloudformation/replacing.ts';
import type { ProvisionedResource, ResourceType, ResourceTypes } from '../cloudformation/resource-type.ts';
import type { InstanceProfile, Role, RoleRegister } from './role-register.ts';

/** IAM's resource types. Policies are accepted and not judged: a rehearsal shows what happens, not what is allowed. */
export function identityTypes(register: RoleRegister, accountId: string): ResourceTypes {
  return {
    'AWS::IAM::Role': roleType(register),
    'AWS::IAM::InstanceProfile': instanceProfileType(register),
    'AWS::IAM::Policy': acceptedPolicy,
    'AWS::IAM::RolePolicy': acceptedPolicy,
    'AWS::IAM::ManagedPolicy': managedPolicyType(accountId),
  };
}

function roleType(register: RoleRegister): ResourceType {
  const create: ResourceType['create'] = async (properties, context) => {
    const name = String(properties['RoleName'] ?? context.generateName(64));
    const path = String(properties['Path'] ?? '/');
    return provisionedRole(register.addRole(name, path, properties['AssumeRolePolicyDocument']));
  };
  return {
    create,
    update: replacing(['RoleName', 'Path'], create, (name) => Promise.resolve(provisionedRole(register.role(name)))),
    async delete(name) {
      register.removeRole(name);
    },
  };
}

function instanceProfileType(register: RoleRegister): ResourceType {
  const create: ResourceType['create'] = async (properties, context) => {
    const name = String(properties['InstanceProfileName'] ?? context.generateName(128));
    const [role] = properties['Roles'] as string[];
    return provisionedProfile(register.addProfile(name, String(properties['Path'] ?? '/'), role));
  };
  return {
    create,
    update: replacing(['InstanceProfileName', 'Path'], create, async (name, properties) => {
      const [role = ''] = properties['Roles'] as string[];
      return provisionedProfile(register.changeProfileRole(name, role));
    }),
    async delete(name) {
      register.removeProfile(name);
    },
  };
}

const acceptedPolicy: ResourceType = {
  create: async (properties, context) => {
    const name = String(properties['PolicyName'] ?? context.generateName(128));
    return { physicalId: name, attributes: { Id: name } };
  },
  update: async (physicalId) => ({ physicalId, attributes: { Id: physicalId } }),
};

function managedPolicyType(accountId: string): ResourceType {
  return {
    create: async (properties, context) => {
      const name = String(properties['ManagedPolicyName'] ?? context.generateName(128));
      return managedPolicy(`arn:aws:iam::${accountId}:policy${String(properties['Path'] ?? '/')}${name}`);
    },
    update: async (arn) => managedPolicy(arn),
  };
}

const managedPolicy = (arn: string): ProvisionedResource => ({ physicalId: arn, attributes: { PolicyArn: arn } });
const provisionedRole = ({ name, arn, id }: Role): ProvisionedResource => ({
  physicalId: name,
  attributes: { Arn: arn, RoleId: id },
});
const provisionedProfile = ({ name, arn }: InstanceProfile): ProvisionedResource => ({
  physicalId: name,
  attributes: { Arn: arn },
});
