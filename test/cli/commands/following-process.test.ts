import { describe, expect, it } from 'vitest';
import { slipwayProcess, startSlipway } from '../support/command-process.ts';
import { aDeployment, DEPLOYMENT_ID } from '../support/deployments.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';

const aws = fakeAws();
const FOLLOW = ['status', DEPLOYMENT_ID, '--follow'];

describe('the exit code of a followed deployment', () => {
  it('is 0 when it succeeded, and 3 when it is out of sight', async () => {
    aws.on('ListDeploymentTargets', () => ({ targetIds: [] }));
    aws.on('GetDeployment', ({ deploymentId }) => {
      if (deploymentId === DEPLOYMENT_ID) return aDeployment();
      throw new Refused('ExpiredTokenException', 'The security token included in the request is expired');
    });

    const [succeeded, lost] = await Promise.all([
      slipwayProcess(FOLLOW),
      slipwayProcess(['status', 'd-LOSTLOST1', '--follow']),
    ]);

    expect(succeeded).toEqual({ code: 0, out: '12:01:00  d-ABCDEF123  Succeeded: 1 succeeded\n', err: '' });
    expect(lost.code).toBe(3);
    expect(lost.err).toBe(
      'Lost sight of the deployment: your AWS credentials have expired: sign in again.\n' +
        'd-LOSTLOST1 goes on; see it again with: slipway status d-LOSTLOST1 --follow\n',
    );
  });

  it('is 130 after Ctrl-C, and the deployment goes on', async () => {
    aws.on('ListDeploymentTargets', () => ({ targetIds: [] }));
    aws.on('GetDeployment', () => aDeployment({ status: 'InProgress' }));
    const process = startSlipway(FOLLOW);
    await process.said(/InProgress/);

    process.signal('SIGINT');

    const { code, err } = await process.ended;
    expect(code).toBe(130);
    expect(err).toMatch(/^No longer watching\. d-ABCDEF123 goes on; see it again with: slipway status /);
    expect(aws.inputs('StopDeployment')).toEqual([]);
  });
});
