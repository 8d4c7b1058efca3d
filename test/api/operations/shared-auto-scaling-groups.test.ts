import {
  CreateApplicationCommand,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  DeleteDeploymentGroupCommand,
  UpdateDeploymentGroupCommand,
  type UpdateDeploymentGroupCommandInput,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { decodeHookMetadata, encodeHookMetadata } from '../../../core/names.ts';
import { autoScalingError, fakeAutoScaling } from '../support/auto-scaling.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const autoScaling = fakeAutoScaling();
const api = serveApi();

const create = (deploymentGroupName: string, input: Partial<CreateDeploymentGroupCommandInput> = {}) =>
  api.client.send(
    new CreateDeploymentGroupCommand({
      applicationName: 'web',
      deploymentGroupName,
      serviceRoleArn: 'arn:aws:iam::111122223333:role/CodeDeploy',
      autoScalingGroups: ['blue'],
      ...input,
    }),
  );
const update = (currentDeploymentGroupName: string, changes: Partial<UpdateDeploymentGroupCommandInput>) =>
  api.client.send(new UpdateDeploymentGroupCommand({ applicationName: 'web', currentDeploymentGroupName, ...changes }));
const remove = (deploymentGroupName: string) =>
  api.client.send(new DeleteDeploymentGroupCommand({ applicationName: 'web', deploymentGroupName }));

/** The deployment groups that a hook names; undefined where there is no such hook. */
const namedBy = (hook: 'slipway-launch' | 'slipway-termination', group = 'blue') =>
  decodeHookMetadata(autoScaling.groups.get(group)?.get(hook)?.NotificationMetadata)?.deploymentGroups.map(
    ({ deploymentGroupName }) => deploymentGroupName,
  );

beforeEach(() => api.client.send(new CreateApplicationCommand({ applicationName: 'web' })));

describe('deployment groups of one Auto Scaling group', () => {
  it('share its hooks, in the order in which they came to it', async () => {
    await create('base');
    await create('app', { terminationHookEnabled: true });
    await create('logs', { autoScalingGroups: [] });
    await update('logs', { autoScalingGroups: ['blue'], terminationHookEnabled: true });

    expect(namedBy('slipway-launch')).toEqual(['base', 'app', 'logs']);
    expect(namedBy('slipway-termination')).toEqual(['app', 'logs']);
  });

  it('keep their places when they are named again, and lose them by leaving', async () => {
    for (const name of ['base', 'app']) await create(name);
    await update('base', { autoScalingGroups: ['blue'] });
    const named = namedBy('slipway-launch');

    await update('base', { autoScalingGroups: [] });
    await update('base', { autoScalingGroups: ['blue'] });

    expect([named, namedBy('slipway-launch')]).toEqual([
      ['base', 'app'],
      ['app', 'base'],
    ]);
  });

  it('leave one by one; the last takes the hooks along', async () => {
    for (const name of ['base', 'app']) await create(name, { terminationHookEnabled: true });

    await remove('base');
    const left = [namedBy('slipway-launch'), namedBy('slipway-termination')];
    await remove('app');

    expect(left).toEqual([['app'], ['app']]);
    expect(autoScaling.groups.get('blue')?.size).toBe(0);
  });

  it('are none of the less for one that wants no terminations any more', async () => {
    for (const name of ['base', 'app']) await create(name, { terminationHookEnabled: true });

    await update('app', { terminationHookEnabled: false });

    expect([namedBy('slipway-launch'), namedBy('slipway-termination')]).toEqual([['base', 'app'], ['base']]);
  });

  it('come and go all at once without one being lost', async () => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    await Promise.all(names.map((name) => create(name)));
    const all = namedBy('slipway-launch');

    await Promise.all(['one', 'three', 'five'].map(remove));

    expect(all?.toSorted()).toEqual(names.toSorted());
    expect(namedBy('slipway-launch')?.toSorted()).toEqual(['four', 'two']);
  });

  it('are each on the hook when Auto Scaling takes the earlier call last', async () => {
    const { install } = api.ports.lifecycleHooks;
    const held = Promise.withResolvers<undefined>();
    let calls = 0;
    api.ports.lifecycleHooks.install = async (order) => {
      calls += 1;
      if (calls === 1) await held.promise;
      return install.call(api.ports.lifecycleHooks, order);
    };
    const slow = create('slow');
    while (calls === 0) await new Promise((resolve) => setImmediate(resolve));

    await create('quick');
    held.resolve(undefined);
    await slow;

    expect(namedBy('slipway-launch')).toEqual(['slow', 'quick']);
  });

  it('report a hook that still names one of them, for Auto Scaling refused the change', async () => {
    for (const name of ['base', 'app']) await create(name);
    autoScaling.failures.set('PutLifecycleHook', autoScalingError('ResourceContention', 'busy'));

    const { hooksNotCleanedUp } = await remove('base');

    expect(hooksNotCleanedUp).toEqual([{ name: 'blue', hook: 'slipway-launch' }]);
    expect(namedBy('slipway-launch')).toEqual(['base', 'app']);
  });

  it('do not miss the one that left by a change which was refused', async () => {
    for (const name of ['base', 'app']) await create(name);
    autoScaling.failures.set('PutLifecycleHook', autoScalingError('ResourceContention', 'busy'));
    await update('base', { autoScalingGroups: [] });
    autoScaling.failures.clear();

    await update('app', { autoScalingGroups: ['blue'] });

    expect(namedBy('slipway-launch')).toEqual(['app']);
  });

  it('are no more than a hook can name', async () => {
    const many = Array.from({ length: 16 }, (_, n) => ({
      applicationName: 'a'.repeat(100),
      deploymentGroupName: `${n}`.padStart(100, 'g'),
      directions: ['launch' as const],
    }));
    await api.ports.hookSharers.save('blue', { sharers: [], version: 0 }, many);

    expect(await refusal(create('g'.repeat(100)))).toMatchObject({
      name: 'InvalidAutoScalingGroupException',
      message: expect.stringContaining('a lifecycle hook holds 4000: use fewer groups'),
    });
    expect((await api.ports.hookSharers.of('blue')).sharers).toHaveLength(16);
  });
});

describe('an Auto Scaling group whose template declares its hooks', () => {
  it('takes no deployment group of the API, and says where it belongs', async () => {
    const theirs = { applicationName: 'web', deploymentGroupName: 'declared' };
    const NotificationMetadata = encodeHookMetadata({ deploymentGroups: [theirs] });
    autoScaling.groups
      .get('blue')
      ?.set('slipway-launch', { LifecycleHookName: 'slipway-launch', NotificationMetadata });

    expect(await refusal(create('fleet'))).toMatchObject({
      name: 'InvalidAutoScalingGroupException',
      message: expect.stringContaining('is deployed to by web/declared, and its hooks were not installed by this API'),
    });
    expect(namedBy('slipway-launch')).toEqual(['declared']);
  });
});
