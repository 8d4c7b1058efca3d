import { describeNetwork } from '../network/describe-network.ts';

/** Subnets of the account. */
export const describeSubnets = describeNetwork({
  prefix: 'subnet',
  set: 'subnetSet',
  idParameter: 'SubnetId',
  idMember: 'subnetId',
});
