import { describeNetwork } from '../network/describe-network.ts';

/** VPCs of the account. */
export const describeVpcs = describeNetwork({ prefix: 'vpc', set: 'vpcSet', idParameter: 'VpcId', idMember: 'vpcId' });
