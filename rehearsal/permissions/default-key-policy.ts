import type { Policy } from './policies.ts';

/** By which it is told from the policies that somebody wrote. */
export const DEFAULT_KEY_POLICY = 'default-key-policy';

/**
 * What every key of KMS has here, and what AWS gives one that is made without a policy: the account's own policies
 * decide. Without a policy of the key KMS would allow nothing.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const defaultKeyPolicy = (accountId: string): Policy => ({
  id: DEFAULT_KEY_POLICY,
  document: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' },
    ],
  },
});

/** Whether a resource is a key of KMS. */
export const isKey = (arn: string): boolean => /^arn:[^:]+:kms:[^:]*:\d+:key\//.test(arn);
