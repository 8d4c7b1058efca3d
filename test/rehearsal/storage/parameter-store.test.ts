import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { signedCall } from '../signed-call.ts';
import { startTestGround, type TestGround } from '../ground.ts';

describe('Systems Manager’s parameters', () => {
  let test: TestGround;
  beforeAll(async () => {
    test = await startTestGround((ground) => [createStoragePart(ground)]);
  });
  afterAll(() => test.close());

  const get = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const response = await signedCall(test, 'ssm', { target: `AmazonSSM.${operation}`, body: JSON.stringify(input) });
    return (await response.json()) as Record<string, unknown>;
  };

  it('are those that templates declare', async () => {
    const { attributes } = await test.provision('AWS::SSM::Parameter', {
      Name: '/slipway/table',
      Type: 'String',
      Value: 't',
    });

    const found = await get('GetParameters', { Names: ['/slipway/table', '/slipway/other'] });

    expect(attributes).toEqual({ Type: 'String', Value: 't' });
    expect(found).toMatchObject({
      Parameters: [
        { Name: '/slipway/table', Value: 't', ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/slipway/table' },
      ],
      InvalidParameters: ['/slipway/other'],
    });
  });

  it('include the bootstrap version and machine images, each name with its own', async () => {
    const arm = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
    const version = await get('GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' });
    const images = await get('GetParameters', { Names: [arm, arm.replace('arm64', 'x86_64')] });

    const [first, second] = (images['Parameters'] as { Value: string }[]).map(({ Value }) => Value);
    expect(Number((version['Parameter'] as { Value: string }).Value)).toBeGreaterThan(20);
    expect(first).toMatch(/^ami-[0-9a-f]{17}$/);
    expect(second).not.toBe(first);
  });

  it('may be secret: they are kept once, read only by whoever asks for the text, and removed', async () => {
    const secret = { Name: '/slipway/keys', Type: 'SecureString', Value: 'first' };
    const { Parameter: kept } = await get('PutParameter', secret).then(() =>
      get('GetParameter', { Name: '/slipway/keys', WithDecryption: true }),
    );
    const again = await get('PutParameter', { ...secret, Value: 'second' });
    const { Parameter: sealed } = await get('GetParameter', { Name: '/slipway/keys' });
    const overwritten = await get('PutParameter', { ...secret, Value: 'third', Overwrite: true });
    await get('DeleteParameter', { Name: '/slipway/keys' });

    expect(kept).toMatchObject({ Type: 'SecureString', Value: 'first', Version: 1 });
    expect(again).toMatchObject({ __type: 'ParameterAlreadyExists' });
    expect((sealed as { Value: string }).Value).not.toContain('first');
    expect(overwritten).toMatchObject({ Version: 2 });
    expect(await get('DeleteParameter', { Name: '/slipway/keys' })).toMatchObject({ __type: 'ParameterNotFound' });
  });

  it('hold a text of at most 4096 characters, of a type that is known', async () => {
    const long = await get('PutParameter', { Name: '/long', Type: 'String', Value: 'x'.repeat(4097) });
    const untyped = await get('PutParameter', { Name: '/untyped', Value: 'x' });

    expect(long).toMatchObject({ __type: 'ValidationException' });
    expect(untyped).toMatchObject({ __type: 'ValidationException' });
  });

  it('that do not exist are not found', async () => {
    expect(await get('GetParameter', { Name: '/none' })).toMatchObject({ __type: 'ParameterNotFound' });
  });
});
