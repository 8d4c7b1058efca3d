import { describe, expect, it } from 'vitest';

import { decodeHostCommandIdentifier, encodeHostCommandIdentifier } from '../../core/host-command-identifier.ts';
import {
  deploymentExecutionIdFor,
  deploymentGroupIdFor,
  deploymentIdFor,
  deploymentIdIn,
  parseHostIdentifier,
} from '../../core/identifiers.ts';
import { aLaunch, aTermination, WEB_FLEET } from '../lambdas/doubles/builders.ts';

const ARN = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc';

describe('identifiers', () => {
  it('give a lifecycle action always the same deployment, in CodeDeploy’s form', () => {
    const ids = [aLaunch(), aTermination()].map(({ lifecycleActionToken }) => deploymentIdFor(lifecycleActionToken));

    expect(ids[0]).toBe(deploymentIdFor(aLaunch().lifecycleActionToken));
    expect(ids[0]).not.toBe(ids[1]);
    for (const id of ids) expect(id).toMatch(/^d-[A-Z0-9]{9}$/);
  });

  it('give a deployment group the form of a UUID', () => {
    expect(deploymentGroupIdFor(WEB_FLEET)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('read a host’s own name', () => {
    expect(parseHostIdentifier(ARN)).toEqual({
      arn: ARN,
      region: 'eu-west-1',
      accountId: '111122223333',
      instanceId: 'i-0abc',
    });
    expect(parseHostIdentifier('arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-0abc')).toBeDefined();
  });

  it.each(['i-0abc', 'arn:aws:iam::111122223333:user/mallory', `${ARN}/x`, ''])('refuse other names: %s', (name) => {
    expect(parseHostIdentifier(name)).toBeUndefined();
  });

  it('find the deployment in what an agent echoes', () => {
    const echoed = deploymentExecutionIdFor('d-ABCDEF123', { arn: ARN, region: 'r', accountId: '1', instanceId: 'i' });

    expect(echoed).toMatch(/^[^/]+\/[^/]+\/[^/]+\/.+$/);
    expect(deploymentIdIn(echoed)).toBe('d-ABCDEF123');
    expect(deploymentIdIn('CodeDeploy/us-east-1/prod/1:d-ABCDEF123')).toBeUndefined();
  });

  it('carry all of a command in its identifier', () => {
    const command = { deploymentId: 'd-1', legNumber: 1, index: 0, commandName: 'Install', hostId: ARN, attempt: 1 };

    expect(decodeHostCommandIdentifier(encodeHostCommandIdentifier(command))).toEqual(command);
  });

  it.each(['', 'bm8ganNvbg', Buffer.from('{"deploymentId":"d-1"}').toString('base64url'), 'bnVsbA'])(
    'do not take another service’s command for ours: %s',
    (text) => {
      expect(decodeHostCommandIdentifier(text)).toBeUndefined();
    },
  );
});
