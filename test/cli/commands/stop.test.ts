import { expect, it } from 'vitest';
import { DEPLOYMENT_ID } from '../support/deployments.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();

it.each([
  [[], {}],
  [['--rollback'], { autoRollbackEnabled: true }],
  [['--no-rollback'], { autoRollbackEnabled: false }],
])('asks a deployment to stop, with %j', async (args, expected) => {
  aws.on('StopDeployment', () => ({ status: 'Pending', statusMessage: 'Stopping' }));

  const { code, out } = await slipway('stop', DEPLOYMENT_ID, ...args);

  expect({ code, out }).toEqual({ code: 0, out: ['d-ABCDEF123  stops: Stopping'] });
  expect(aws.inputs('StopDeployment')).toEqual([{ deploymentId: DEPLOYMENT_ID, ...expected }]);
});

it('says why a deployment does not stop', async () => {
  aws.on('StopDeployment', () => {
    throw new Refused('DeploymentAlreadyCompletedException', 'The deployment is already completed');
  });

  const { code, err } = await slipway('stop', DEPLOYMENT_ID);

  expect({ code, err }).toEqual({
    code: 1,
    err: ['slipway stop: DeploymentAlreadyCompleted: The deployment is already completed'],
  });
});

it.each([[[]], [['d-1', 'd-2']], [['d-1', '--rollback', '--no-rollback']]])('answers %j with code 2', async (args) => {
  expect((await slipway('stop', ...args)).code).toBe(2);
});
