import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityPart } from '../../../rehearsal/identity/create-identity-part.ts';
import { signedCall } from '../signed-call.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/hosts/web';
let test: TestGround;

beforeAll(async () => {
  test = await startTestGround((ground) => [createIdentityPart(ground)]);
});
afterAll(() => test.close());

describe('STS', () => {
  it('tells callers who they are', async () => {
    const user = await new STSClient(test.client).send(new GetCallerIdentityCommand({}));
    const host = await new STSClient(test.as(ROLE_ARN, 'i-1')).send(new GetCallerIdentityCommand({}));

    expect(user).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/rehearsal' });
    expect(host.Arn).toBe('arn:aws:sts::123456789012:assumed-role/web/i-1');
  });

  it('lets anybody assume a role', async () => {
    const sts = new STSClient(test.client);

    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE_ARN, RoleSessionName: 'me' }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken } = Credentials ?? {};
    const credentials = { accessKeyId, secretAccessKey, sessionToken: SessionToken ?? '' };
    const assumed = await new STSClient({ ...test.client, credentials }).send(new GetCallerIdentityCommand({}));

    expect(assumed.Arn).toBe('arn:aws:sts::123456789012:assumed-role/web/me');
  });
});

describe('IAM', () => {
  const iam = async (form: string): Promise<string> => {
    const response = await signedCall(test, 'iam', { body: `${form}&Version=2010-05-08` });
    return response.text();
  };

  it('knows the role behind an instance profile', async () => {
    const role = await test.provision('AWS::IAM::Role', { Path: '/hosts/', RoleName: 'web' });
    const profile = await test.provision('AWS::IAM::InstanceProfile', { Roles: [role.physicalId] }, 'Profile');

    const answer = await iam(`Action=GetInstanceProfile&InstanceProfileName=${profile.physicalId}`);

    expect(role.attributes?.['Arn']).toBe(ROLE_ARN);
    expect(answer).toContain(`<Arn>${ROLE_ARN}</Arn>`);
    expect(answer).toContain(`<Arn>${String(profile.attributes?.['Arn'])}</Arn>`);
  });

  it('says which role or profile it does not know', async () => {
    const answers = [
      await iam('Action=GetRole&RoleName=nobody'),
      await iam('Action=GetInstanceProfile&InstanceProfileName=none'),
    ];

    expect(answers.join()).toContain(
      '<Code>NoSuchEntity</Code><Message>The role with name nobody cannot be found.</Message>',
    );
    expect(answers.join()).toContain('The instance profile with name none cannot be found.');
  });

  it('has each role name once', async () => {
    await test.provision('AWS::IAM::Role', { RoleName: 'twin' });

    await expect(test.provision('AWS::IAM::Role', { RoleName: 'twin' })).rejects.toThrow(
      'Role with name twin already exists',
    );
  });
});
