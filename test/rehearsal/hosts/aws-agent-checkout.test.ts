import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsAgentCheckout } from '../../../rehearsal/hosts/aws-agent-checkout.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const rehearsalIn = (directory: string) => ({ directory, hosts: undefined, disks: undefined });

describe('A directory named as a checkout of AWS’s agent', () => {
  it('serves no instances that run nothing, or that have plain directories for disks', async () => {
    const rehearsal = rehearsalIn(temporaryDirectory('slipway-rehearsal-'));

    await expect(awsAgentCheckout('agent', { ...rehearsal, hosts: 'simulated' })).rejects.toThrow(/Leave out --hosts/);
    await expect(awsAgentCheckout('agent', { ...rehearsal, disks: 'directory' })).rejects.toThrow(/Leave out --disks/);
  });

  it('is refused where this system allows no copy-on-write disks, or when it is something else', async () => {
    const parent = temporaryDirectory('slipway-agent-');
    mkdirSync(join(parent, 'bin'));
    writeFileSync(join(parent, 'bin', 'codedeploy-agent'), '');

    await expect(awsAgentCheckout(parent, rehearsalIn(join(parent, 'rehearsal')))).rejects.toThrow(
      /it has no lib\. Name a checkout of version 1\.8|needs copy-on-write disks/,
    );
  });
});
