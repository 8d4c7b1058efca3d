import { expect, it } from 'vitest';

import { chooseTargets } from '../../../lambdas/fleet/steps/choose-targets.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { REVISION_ONE, REVISION_TWO, WEB_FLEET } from '../doubles/builders.ts';
import { NOON } from '../doubles/recorded-engine.ts';
import { recordedFleetEngine } from './recorded-fleet-engine.ts';

const hour = (hours: number) => new Date(NOON + hours * 3_600_000).toISOString();

it('hosts on which the last deployment failed come first, whatever they run, and those up to date last', async () => {
  const engine = recordedFleetEngine(['i-current', 'i-old', 'i-failed', 'i-mended', 'i-new']);
  const { hosts } = engine;
  const left = (instanceId: string, revision: typeof REVISION_ONE, at: string) =>
    hosts.remember(instanceId, { group: WEB_FLEET, revision, at });
  const deployment = aFleetDeployment();
  const past = { deploymentId: 'd-LAST00000', status: 'Succeeded', fileExistsBehavior: 'DISALLOW' } as const;
  await engine.groups.succeeded(deployment.deploymentGroupId, { ...past, revision: REVISION_TWO, createdAtMs: NOON });
  await left('i-current', REVISION_TWO, hour(1));
  await left('i-old', REVISION_ONE, hour(1));
  await left('i-failed', REVISION_TWO, hour(1));
  await hosts.noteFailure('i-failed', { group: WEB_FLEET, at: hour(2) });
  await hosts.noteFailure('i-mended', { group: WEB_FLEET, at: hour(1) });
  await left('i-mended', REVISION_ONE, hour(2));

  const list = await chooseTargets({ ...deployment, status: 'Created' }, engine);

  const { targetIds = [] } = 'targetIds' in list ? list : {};
  expect(targetIds.slice(0, 2).toSorted()).toEqual(['i-failed', 'i-new']);
  expect(targetIds.slice(2, 4).toSorted()).toEqual(['i-mended', 'i-old']);
  expect(targetIds[4]).toBe('i-current');
});

it('hosts in a warm pool are no targets, though a tag selects them', async () => {
  const engine = recordedFleetEngine(['i-serving']);
  const tags = { role: 'web' };
  engine.instances.tagged = () => Promise.resolve([{ instanceId: 'i-warm', state: 'stopped', tags }]);
  await engine.hosts.noteWarmPool('i-warm', { isInWarmPool: true, at: hour(1) });

  const list = await chooseTargets({ ...aFleetDeployment(), status: 'Created' }, engine);

  expect(list).toMatchObject({ targetIds: ['i-serving'] });
});
