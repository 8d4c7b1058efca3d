import { randomUUID } from 'node:crypto';
import type { ResourceTypes } from '../../cloudformation/resource-type.ts';
import type { Ground } from '../../part.ts';

/** Keys have names that templates can point to; nothing in a rehearsal is encrypted with them. */
export function encryptionKeyTypes({ region, accountId }: Ground) {
  const key = (keyId: string) => ({
    physicalId: keyId,
    attributes: { Arn: `arn:aws:kms:${region}:${accountId}:key/${keyId}`, KeyId: keyId },
  });
  return {
    'AWS::KMS::Key': { create: async () => key(randomUUID()), update: async (keyId) => key(keyId) },
    'AWS::KMS::Alias': {
      create: async ({ AliasName }) => ({ physicalId: String(AliasName) }),
      update: async (_alias, { AliasName }) => ({ physicalId: String(AliasName) }),
    },
  } satisfies ResourceTypes;
}
