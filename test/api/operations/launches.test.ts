import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  ResumeProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateApplicationCommand, CreateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { TableLaunchGuards } from '../../../adapters/table/launch-guards.ts';
import { NO_FAILURES, noteFailure, noteHeld } from '../../../core/launch-guard/launch-guard.ts';
import { REVISION_ONE } from '../../lambdas/doubles/builders.ts';
import { serveApi } from '../support/served-api.ts';

const autoScaling = mockClient(AutoScalingClient);
const api = serveApi();
const GROUP = { applicationName: 'web', deploymentGroupName: 'fleet' };

/** No client of CodeDeploy's has these operations. */
const call = async (operation: string, input: object) => {
  const headers = { 'x-amz-target': `Slipway_20261122.${operation}` };
  const response = await fetch(api.url, { method: 'POST', headers, body: JSON.stringify(input) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

beforeEach(async () => {
  autoScaling.reset();
  autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
    AutoScalingGroups: [
      {
        AutoScalingGroupName: 'blue',
        SuspendedProcesses: [{ ProcessName: 'Launch' }],
      } as never,
    ],
  });
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
  const serviceRoleArn = 'arn:aws:iam::111122223333:role/CodeDeploy';
  await api.client.send(new CreateDeploymentGroupCommand({ ...GROUP, serviceRoleArn }));
});

const launchesAreHeld = async (): Promise<void> => {
  const guards = new TableLaunchGuards(api.table);
  const record = await api.ports.namedGroups.find('web', 'fleet');
  if (!record) throw new Error('There is no group');
  const failure = { deploymentId: 'd-FAILED001', instanceId: 'i-1', at: '2026-05-04T12:00:00.000Z', reason: 'no port' };
  const withdrawn = noteFailure(NO_FAILURES, REVISION_ONE, failure, 1);
  const held = withdrawn === 'unchanged' ? withdrawn : noteHeld(withdrawn, 'blue');
  for (const guard of [withdrawn, held]) if (guard !== 'unchanged') await guards.save(record, guard);
};

describe('the launches of a deployment group', () => {
  it('have nothing to tell where none failed', async () => {
    expect((await call('DescribeLaunches', GROUP)).body).toEqual({ heldAutoScalingGroups: [], failingRevisions: [] });
  });

  it('tell which revision failed, why, and what is held', async () => {
    await launchesAreHeld();

    expect((await call('DescribeLaunches', GROUP)).body).toMatchObject({
      heldAutoScalingGroups: ['blue'],
      failingRevisions: [
        {
          revision: { revisionType: 'S3', s3Location: { key: 'web-1.zip' } },
          deploymentIds: ['d-FAILED001'],
          lastFailure: { reason: 'no port' },
          withdrawnAt: '2026-05-04T12:00:00.000Z',
        },
      ],
    });
  });

  it('are resumed, and begin with a clean sheet', async () => {
    await launchesAreHeld();

    const { body } = await call('ResumeLaunches', GROUP);

    expect(body).toEqual({ heldAutoScalingGroups: [], failingRevisions: [], stillHeldFor: [] });
    const [resumed] = autoScaling.commandCalls(ResumeProcessesCommand);
    expect(resumed?.args[0].input).toEqual({ AutoScalingGroupName: 'blue', ScalingProcesses: ['Launch'] });
  });

  it.each([
    [{ deploymentGroupName: 'fleet' }, 'ApplicationNameRequiredException'],
    [{ ...GROUP, applicationName: 'gone' }, 'ApplicationDoesNotExistException'],
    [{ ...GROUP, deploymentGroupName: 'gone' }, 'DeploymentGroupDoesNotExistException'],
  ])('of %j are refused with %s', async (input, error) => {
    const { status, body } = await call('ResumeLaunches', input);

    expect([status, body['__type']]).toEqual([400, error]);
  });
});
