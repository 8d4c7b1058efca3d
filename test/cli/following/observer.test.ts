import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { expect, it } from 'vitest';
import { Observer } from '../../../cli/following/observer.ts';
import { aDeployment, aTarget, DEPLOYMENT_ID } from '../support/deployments.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';

const aws = fakeAws();

function anObserver(): Observer {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new Observer(new CodeDeployClient({ endpoint: aws.url, region: 'us-east-1', credentials }), DEPLOYMENT_ID);
}

it('reads all pages of a large fleet, in batches of 25', async () => {
  const ids = Array.from({ length: 130 }, (_, at) => `i-${at}`);
  aws.on('GetDeployment', () => aDeployment({ status: 'InProgress' }));
  aws.on('ListDeploymentTargets', ({ nextToken }) =>
    nextToken === undefined ? { targetIds: ids.slice(0, 100), nextToken: 'more' } : { targetIds: ids.slice(100) },
  );
  aws.on('BatchGetDeploymentTargets', ({ targetIds }) => ({
    deploymentTargets: (targetIds as string[]).map((id) => aTarget(id)),
  }));

  const { targets } = await anObserver().look();

  expect([...targets.keys()]).toEqual(ids);
  expect(aws.inputs('BatchGetDeploymentTargets').map(({ targetIds }) => (targetIds as string[]).length)).toEqual([
    ...[25, 25, 25, 25, 25, 5],
  ]);
});

it('asks again only for targets that are not settled', async () => {
  aws.on('GetDeployment', () => aDeployment({ status: 'InProgress' }));
  aws.on('ListDeploymentTargets', () => ({ targetIds: ['i-done', 'i-busy'] }));
  aws.on('BatchGetDeploymentTargets', ({ targetIds }) => ({
    deploymentTargets: (targetIds as string[]).map((id) =>
      aTarget(id, { status: id === 'i-busy' ? 'InProgress' : 'Succeeded' }),
    ),
  }));
  const observer = anObserver();

  await observer.look();
  const { targets } = await observer.look();

  expect(aws.inputs('BatchGetDeploymentTargets').at(-1)).toMatchObject({ targetIds: ['i-busy'] });
  expect([...targets.keys()]).toEqual(['i-done', 'i-busy']);
});

it('sees a deployment that has no targets yet', async () => {
  aws.on('GetDeployment', () => aDeployment({ status: 'Created' }));
  aws.on('ListDeploymentTargets', () => {
    throw new Refused('DeploymentNotStartedException', 'The deployment has not started');
  });

  const { deployment, targets } = await anObserver().look();

  expect(deployment.status).toBe('Created');
  expect(targets.size).toBe(0);
});
