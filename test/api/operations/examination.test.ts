import {
  AutoScalingClient,
  AutoScalingServiceException,
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  type LifecycleHook,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateApplicationCommand, CreateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { SurveyTooLong } from '../../../adapters/auto-scaling/group-survey.ts';
import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { TableTargets } from '../../../adapters/table/targets.ts';
import { encodeHookMetadata } from '../../../core/names.ts';
import { aDeploymentGroup, aLaunch, aTarget, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { HOOK_TARGET, serveApi } from '../support/served-api.ts';

const autoScaling = mockClient(AutoScalingClient);
const api = serveApi();
const OTHER = { LifecycleHookName: 'slipway-launch-2', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' };
let hooks: Map<string, LifecycleHook>;

const call = async (operation: string, input: object = {}) => {
  const headers = { 'x-amz-target': `Slipway_20261122.${operation}` };
  const response = await fetch(api.url, { method: 'POST', headers, body: JSON.stringify(input) });
  return (await response.json()) as Record<string, { readonly name: string; readonly failure?: string }[]>;
};
const namesIn = (findings: readonly { readonly name: string }[] = []) => findings.map(({ name }) => name);

const hookOf = (deploymentGroupName: string, changes: Partial<LifecycleHook> = {}): LifecycleHook => ({
  LifecycleHookName: 'slipway-launch',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  DefaultResult: 'ABANDON',
  HeartbeatTimeout: 900,
  NotificationTargetARN: HOOK_TARGET.lifecycleQueueArn,
  RoleARN: HOOK_TARGET.hookRoleArn,
  NotificationMetadata: encodeHookMetadata({
    deploymentGroups: [{ applicationName: 'web', deploymentGroupName }],
    heartbeatTimeoutSeconds: 900,
  }),
  ...changes,
});

const install = (...installed: LifecycleHook[]): void => {
  for (const hook of installed) hooks.set(hook.LifecycleHookName ?? '', hook);
};

/** One Auto Scaling group that keeps its hooks. */
beforeEach(() => {
  hooks = new Map();
  autoScaling.reset();
  autoScaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: [{ AutoScalingGroupName: 'blue' } as never] });
  autoScaling.on(DescribeLifecycleHooksCommand).callsFake(() => ({ LifecycleHooks: [...hooks.values()] }));
  autoScaling.on(PutLifecycleHookCommand).callsFake((hook: LifecycleHook) => {
    install(hook);
    return {};
  });
  autoScaling.on(DeleteLifecycleHookCommand).callsFake(({ LifecycleHookName: name }: LifecycleHook) => {
    hooks.delete(name ?? '');
    return {};
  });
});

it('says so when a Region has more Auto Scaling groups than can be read in time', async () => {
  api.ports = {
    ...api.ports,
    groupSurvey: { ...api.ports.groupSurvey, groups: () => Promise.reject(new SurveyTooLong(240)) },
  };

  expect(await call('Examine')).toMatchObject({
    __type: 'TooManyAutoScalingGroups',
    message: expect.stringContaining('240 were read in time') as string,
  });
});

describe('a deployment group of the API', () => {
  beforeEach(async () => {
    await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
    await api.client.send(
      new CreateDeploymentGroupCommand({
        applicationName: 'web',
        deploymentGroupName: 'fleet',
        serviceRoleArn: 'arn:aws:iam::111122223333:role/CodeDeploy',
        autoScalingGroups: ['blue'],
        terminationHookEnabled: true,
      }),
    );
  });

  it('is well after its creation', async () => {
    expect(await call('Examine')).toEqual({ examined: { autoScalingGroups: 1, deploymentGroups: 1 }, findings: [] });
  });

  it('gets back the hooks that somebody deleted, changed and copied', async () => {
    hooks.delete('slipway-termination');
    install(hookOf('fleet', { HeartbeatTimeout: 60 }), hookOf('fleet', OTHER));

    const { mended, findings } = await call('MendFindings');

    expect(namesIn(mended).toSorted()).toEqual(
      ['HeartbeatTimeoutTooShort', 'HookDuplicated', 'HookEdited', 'HookMissing'].toSorted(),
    );
    expect(findings).toEqual([]);
    expect([...hooks.keys()].toSorted()).toEqual(['slipway-launch', 'slipway-termination']);
    expect(hooks.get('slipway-launch')?.HeartbeatTimeout).toBe(900);
  });

  it('is only looked at by an examination', async () => {
    hooks.clear();

    const { findings } = await call('Examine');

    expect(namesIn(findings)).toEqual(['HookMissing', 'HookMissing']);
    expect(hooks.size).toBe(0);
  });

  it('has a hook again that names it in its turn, after a change of the hook broke off', async () => {
    const group = { applicationName: 'web', deploymentGroupName: 'gone-elsewhere' };
    await api.ports.hookSharers.save('blue', await api.ports.hookSharers.of('blue'), [
      { ...group, directions: ['launch'] },
      { applicationName: 'web', deploymentGroupName: 'fleet', directions: ['launch', 'termination'] },
    ]);

    const { mended, findings } = await call('MendFindings');

    expect([namesIn(mended), findings]).toEqual([['HooksOutOfStep'], []]);
    expect((await api.ports.hookSharers.of('blue')).sharers).toMatchObject([{ deploymentGroupName: 'fleet' }]);
    expect(hooks.get('slipway-launch')).toMatchObject(hookOf('fleet'));
  });

  it('is left alone where another Auto Scaling group is asked about', async () => {
    hooks.clear();

    expect(await call('MendFindings', { autoScalingGroupName: 'green' })).toMatchObject({ mended: [], findings: [] });
    expect(hooks.size).toBe(0);
  });
});

describe('a deployment group of a template', () => {
  const GROUP = aDeploymentGroup({ applicationName: 'web', deploymentGroupName: 'web-fleet' });

  beforeEach(async () => {
    await new TableDeploymentGroups(api.table, () => api.nowMs).declare(GROUP, DECLARED_BY);
  });

  it('gets its hooks back, though nothing but a launch on record tells of where they were', async () => {
    const launch = aTarget({ request: aLaunch({ autoScalingGroupName: 'blue' }) });
    await new TableTargets(api.table, () => api.nowMs).open(launch);

    const { mended, findings } = await call('MendFindings');

    expect([namesIn(mended), findings]).toEqual([['HookMissing', 'HookMissing'], []]);
    expect(hooks.get('slipway-launch')).toMatchObject(hookOf('web-fleet'));
  });

  it('tells of messages that Auto Scaling cannot deliver, and of what could not be mended for it', async () => {
    install(hookOf('web-fleet'));
    autoScaling.on(PutLifecycleHookCommand).rejects(
      new AutoScalingServiceException({
        name: 'ValidationError',
        message: 'Unable to publish test message to notification target arn:aws:sqs:…',
        $fault: 'client',
        $metadata: {},
      }),
    );

    const { mended, findings } = await call('MendFindings');

    expect(mended).toMatchObject([
      { name: 'HookMissing', failure: expect.stringContaining('Unable to publish') as string },
    ]);
    expect(namesIn(findings)).toEqual(['DeliveryRefused', 'HookMissing']);
  });
});

it('removes a hook whose deployment group is no more', async () => {
  install(hookOf('gone'));

  const { mended, findings } = await call('MendFindings');

  expect([namesIn(mended), findings, hooks.size]).toEqual([['HookOrphaned'], [], 0]);
});
