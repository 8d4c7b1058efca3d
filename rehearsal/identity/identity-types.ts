import { replacing } from '../cloudformation/replacing.ts';
import type { ProvisionedResource, ResourceType, ResourceTypes } from '../cloudformation/resource-type.ts';
import type { Ground } from '../part.ts';
import { inlinePolicyType, managedPolicyType } from './policy-types.ts';
import { writeRolePolicies, type CustomerPolicies } from './role-policies.ts';
import type { InstanceProfile, Role, RoleRegister } from './role-register.ts';
import { declared } from '../cloudformation/property-table.ts';
import { identityProperties } from './properties.ts';

/** IAM's resource types: roles and profiles for whoever asks who is who, policies for whoever checks calls. */
export function identityTypes(register: RoleRegister, ground: Ground): ResourceTypes {
  const { policies } = ground.permissions;
  const customer: CustomerPolicies = new Map();
  return declared(
    {
      'AWS::IAM::Role': roleType(register, ground, customer),
      'AWS::IAM::InstanceProfile': instanceProfileType(register),
      'AWS::IAM::Policy': inlinePolicyType(register, policies),
      'AWS::IAM::RolePolicy': inlinePolicyType(register, policies),
      'AWS::IAM::ManagedPolicy': managedPolicyType(register, policies, { customer, accountId: ground.accountId }),
    },
    identityProperties,
  );
}

function roleType(register: RoleRegister, ground: Ground, customer: CustomerPolicies): ResourceType {
  const { permissions, journal } = ground;
  const book = { policies: permissions.policies, customer, journal };
  const create: ResourceType['create'] = async (properties, context) => {
    const name = String(properties['RoleName'] ?? context.generateName(64));
    const path = String(properties['Path'] ?? '/');
    const role = register.addRole(name, path, properties['AssumeRolePolicyDocument']);
    writeRolePolicies(book, role.arn, properties, context);
    return provisionedRole(role);
  };
  return {
    create,
    update: replacing(['RoleName', 'Path'], create, async (name, properties, _previous, context) => {
      const role = register.role(name);
      writeRolePolicies(book, role.arn, properties, context);
      return provisionedRole(role);
    }),
    async delete(name) {
      permissions.policies.removeRole(register.role(name).arn);
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

const provisionedRole = ({ name, arn, id }: Role): ProvisionedResource => ({
  physicalId: name,
  attributes: { Arn: arn, RoleId: id },
});
const provisionedProfile = ({ name, arn }: InstanceProfile): ProvisionedResource => ({
  physicalId: name,
  attributes: { Arn: arn },
});
