import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type SecretParameter, SsmSecretParameter } from '../../../adapters/parameter-store/secret-parameter.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { MemoryParameter } from '../../lambdas/doubles/memory-parameter.ts';
import { startTestGround, type TestGround } from '../../rehearsal/ground.ts';

let ground: TestGround;
let client: SSMClient;
beforeAll(async () => {
  ground = await startTestGround((parts) => [createStoragePart(parts)]);
  client = new SSMClient(ground.client);
});
afterAll(async () => {
  client.destroy();
  await ground.close();
});

const kinds: [string, () => SecretParameter][] = [
  ['Systems Manager', () => new SsmSecretParameter(client, '/slipway/keys')],
  ['its double', () => new MemoryParameter()],
];

describe.each(kinds)('a secret parameter of %s', (_, create) => {
  it('is kept by whoever comes first, and goes once', async () => {
    const parameter = create();

    expect(await parameter.read()).toBeUndefined();
    expect(await parameter.create('first')).toBe('created');
    expect(await parameter.create('second')).toBe('exists');
    expect(await parameter.read()).toBe('first');
    await parameter.remove();
    await parameter.remove();
    expect(await parameter.read()).toBeUndefined();
  });
});
