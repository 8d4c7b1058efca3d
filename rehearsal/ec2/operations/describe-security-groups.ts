import { describeNetwork } from '../network/describe-network.ts';

/** Security groups of the account. */
export const describeSecurityGroups = describeNetwork({
  prefix: 'sg',
  set: 'securityGroupInfo',
  idParameter: 'GroupId',
  idMember: 'groupId',
});
