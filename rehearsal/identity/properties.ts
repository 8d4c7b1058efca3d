import { NOT_BILLED, type PropertyTable } from '../cloudformation/property-table.ts';

const NOBODY_ELSE = 'only roles call here: users and groups have no credentials';

/** What becomes of the properties of IAM's resource types. */
export const identityProperties = {
  'AWS::IAM::Role': {
    honoured: ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Path', 'PermissionsBoundary', 'Policies', 'RoleName'],
    withoutEffect: {
      'for people who read it': ['Description'],
      'credentials last as long as the rehearsal gives them': ['MaxSessionDuration'],
      [`${NOT_BILLED}; conditions on them are not judged`]: ['Tags'],
    },
  },
  'AWS::IAM::InstanceProfile': { honoured: ['InstanceProfileName', 'Path', 'Roles'] },
  'AWS::IAM::Policy': {
    honoured: ['PolicyDocument', 'PolicyName', 'Roles'],
    withoutEffect: { [NOBODY_ELSE]: ['Groups', 'Users'] },
  },
  'AWS::IAM::RolePolicy': { honoured: ['PolicyDocument', 'PolicyName', 'RoleName'] },
  'AWS::IAM::ManagedPolicy': {
    honoured: ['ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
    withoutEffect: { [NOBODY_ELSE]: ['Groups', 'Users'], 'for people who read it': ['Description'] },
  },
} satisfies Record<string, PropertyTable>;
