import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Statement } from '../../../rehearsal/permissions/policies.ts';
import { allow, document } from '../permissions/account.ts';
import { startLambdaGround, type LambdaGround } from './lambda-ground.ts';

const FUNCTION_ROLE = 'arn:aws:iam::123456789012:role/function-role';
const INSTANCE_ROLE = 'arn:aws:iam::123456789012:role/instance-role';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:commands';
const USE_URL = allow('lambda:InvokeFunctionUrl', FUNCTION, {
  StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' },
});
const INVOKE_BY_URL = allow('lambda:InvokeFunction', FUNCTION, { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } });

let cloud: LambdaGround;
let url: string;
beforeAll(async () => {
  cloud = await startLambdaGround({ enforced: true });
  role(FUNCTION_ROLE, 'lambda.amazonaws.com');
  await cloud.addFunction('commands', `exports.handler = async () => ({ statusCode: 200, body: 'hello' });`);
  const made = await cloud.provision('AWS::Lambda::Url', { TargetFunctionArn: FUNCTION, AuthType: 'AWS_IAM' });
  url = String(made.attributes?.['FunctionUrl']);
});
afterAll(() => cloud.close());

function role(roleArn: string, service: string, ...may: readonly Statement[]): void {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  cloud.ground.permissions.policies.putRole(roleArn, {
    trust: { id: `${roleArn}/trust`, document: document(trust) },
    own: [{ id: `${roleArn}/own`, document: document(...may) }],
  });
}

async function callAsInstance(): Promise<number> {
  const { credentials } = cloud.as(INSTANCE_ROLE, 'i-1');
  const { hostname, host, pathname, protocol } = new URL(url);
  const signer = new SignatureV4({ credentials, region: 'us-east-1', service: 'lambda', sha256: Sha256 });
  const { headers } = await signer.sign({ method: 'POST', protocol, hostname, path: pathname, headers: { host } });
  return (await fetch(url, { method: 'POST', headers })).status;
}

it('A function URL asks for leave to use it and to invoke its function', async () => {
  const statuses: number[] = [];

  for (const may of [[], [USE_URL], [INVOKE_BY_URL], [USE_URL, INVOKE_BY_URL]]) {
    role(INSTANCE_ROLE, 'ec2.amazonaws.com', ...may);
    statuses.push(await callAsInstance());
  }

  expect(statuses).toEqual([403, 403, 403, 200]);
});

it('A function whose role may not write its log runs, and leaves no line', async () => {
  role(INSTANCE_ROLE, 'ec2.amazonaws.com', USE_URL, INVOKE_BY_URL);

  const status = await callAsInstance();

  expect(status).toBe(200);
  expect(cloud.logLines('commands')).toEqual([]);
  expect(cloud.ground.permissions.refusals).toContainEqual(expect.objectContaining({ action: 'logs:CreateLogStream' }));
});

it('A function is not made with a role that does not trust Lambda', async () => {
  role('arn:aws:iam::123456789012:role/other', 'states.amazonaws.com');

  const making = cloud.addFunction('odd', 'exports.handler = async () => 1;', {
    Role: 'arn:aws:iam::123456789012:role/other',
  });

  await expect(making).rejects.toThrow('The role defined for the function cannot be assumed by Lambda.');
});
