/** The role that `cdk bootstrap` makes for CloudFormation: whoever provisions a stack acts as it. */
export const cloudFormationRole = ({ accountId, region }: { accountId: string; region: string }): string =>
  `arn:aws:iam::${accountId}:role/cdk-hnb659fds-cfn-exec-role-${accountId}-${region}`;
