import {
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  DeleteDeploymentGroupCommand,
  GetDeploymentCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand, TaskDoesNotExist } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { placesKey } from '../../../adapters/table/keys.ts';
import { TableHosts } from '../../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../../adapters/table/mailboxes.ts';
import { TableTargets } from '../../../adapters/table/targets.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { type Leg, newLeg } from '../../../core/mailbox/leg.ts';
import type { Target } from '../../../core/target.ts';
import { aLaunch, aLeg, anInPlaceRequest, aTarget } from '../../lambdas/doubles/builders.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const states = mockClient(SFNClient);
const api = serveApi();

const FLEET = { applicationName: 'web', deploymentGroupName: 'fleet' };
const [ONE, TWO] = ['i-0000000000000001', 'i-0000000000000002'];
const EVENTS = ['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install'] as const;

const create = async (): Promise<string> => {
  const s3Location = { bucket: 'revisions', key: 'web-2.zip', bundleType: 'zip' as const };
  const revision = { revisionType: 'S3' as const, s3Location };
  return (await api.client.send(new CreateDeploymentCommand({ ...FLEET, revision }))).deploymentId ?? '';
};
const stop = async (deploymentId: string | undefined, autoRollbackEnabled?: boolean) =>
  (await api.client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }))).status;
const get = async (deploymentId: string) =>
  (await api.client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo;
const targets = () => new TableTargets(api.table, () => api.nowMs);
const hosts = () => new TableHosts(api.table, () => api.nowMs);
const mailboxes = () => new TableMailboxes(api.table, () => api.nowMs);
const wakings = () => states.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input.taskToken);

/** A deployment to two targets, one after the other, that somebody watches. */
const started = async (): Promise<string> => {
  const deploymentId = await create();
  const { fleetDeployments, fleetTargets, fleets } = api.ports;
  const waves = [{ size: 2, mayBeDown: 1, monitorSeconds: 0 }];
  await fleetTargets.choose(deploymentId, { targetIds: [TWO, ONE], waves, mayBeDown: 1 });
  await fleets.open(deploymentId, waves, 1);
  await fleetDeployments.start(deploymentId, 2, api.nowMs + 1000);
  await api.table.update(placesKey(deploymentId), {
    update: 'SET watchToken = :token',
    values: { ':token': 'the watching lane' },
  });
  return deploymentId;
};
/** The first of them, in progress. */
const begin = async (deploymentId: string, changes: Partial<Target> = {}): Promise<void> => {
  await api.ports.fleets.take(deploymentId, 0);
  const request = anInPlaceRequest({ deploymentId, instanceId: TWO });
  await targets().open({ ...aTarget({ request, status: 'InProgress' }), ...changes });
};
const place = (deploymentId: string, changes: Partial<Leg>) =>
  mailboxes().place(TWO, { ...newLeg({ ...aLeg(), deploymentId, events: EVENTS }, api.nowMs), ...changes }, 'in-place');
const theTarget = (deploymentId: string) => targets().byId({ deploymentId, instanceId: TWO });

beforeEach(async () => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  states.on(SendTaskSuccessCommand).resolves({});
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
  await api.client.send(
    new CreateDeploymentGroupCommand({ ...FLEET, serviceRoleArn: 'arn:aws:iam::111122223333:role/Deploy' }),
  );
});

describe('StopDeployment, before anything has begun', () => {
  it('stops at once, and lets the execution tell of it and roll back', async () => {
    const deploymentId = await create();

    expect(await stop(deploymentId, true)).toBe('Succeeded');

    expect(await get(deploymentId)).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } });
    expect((await api.ports.fleetDeployments.byId(deploymentId))?.stopRequest).toMatchObject({ rollBack: true });
    expect(states.commandCalls(StartExecutionCommand).at(-1)?.args[0].input.name).toBe(deploymentId);
  });

  it('stops what broke off before its execution began, which starts it after all', async () => {
    const deploymentId = await create();
    states.on(StartExecutionCommand).rejects(new Error('The function ran out of time'));

    const broken = await refusal(stop(deploymentId));
    states.on(StartExecutionCommand).resolves({});
    const status = await stop(deploymentId);

    expect(broken.name).toBe('InternalFailure');
    expect(status).toBe('Succeeded');
  });

  it('counts the targets that were chosen already as skipped', async () => {
    const deploymentId = await create();
    const waves = [{ size: 2, mayBeDown: 1, monitorSeconds: 0 }];
    await api.ports.fleetTargets.choose(deploymentId, { targetIds: [TWO, ONE], waves, mayBeDown: 1 });

    await stop(deploymentId);

    expect((await get(deploymentId))?.deploymentOverview).toMatchObject({ Skipped: 2, Pending: 0 });
  });

  it('takes the longer way when the deployment begins at that very moment', async () => {
    const deploymentId = await started();
    const { fleetDeployments } = api.ports;
    await begin(deploymentId);
    const inProgress = await fleetDeployments.byId(deploymentId);
    const asItWas = inProgress ? { ...inProgress, status: 'Created' as const } : 'refused';
    vi.spyOn(fleetDeployments, 'requestStop').mockResolvedValueOnce(asItWas);

    expect(await stop(deploymentId)).toBe('Pending');

    expect(wakings()).toEqual(['the watching lane']);
  });
});

describe('StopDeployment, between two targets', () => {
  it('stops at once, for nothing runs', async () => {
    const deploymentId = await started();

    expect(await stop(deploymentId)).toBe('Succeeded');

    expect(await get(deploymentId)).toMatchObject({ status: 'Stopped', deploymentOverview: { Skipped: 2 } });
    expect(wakings()).toEqual(['the watching lane']);
  });
});

describe('StopDeployment, while a target is in progress', () => {
  it('lets no further target begin, notes whether to roll back, and wakes who watches', async () => {
    const deploymentId = await started();
    await begin(deploymentId);
    await place(deploymentId, { handedOut: { attempt: 1, startedAtMs: api.nowMs } });

    expect(await stop(deploymentId, true)).toBe('Pending');

    expect(await api.ports.fleets.take(deploymentId, 1)).toBe('over');
    expect((await api.ports.fleetDeployments.byId(deploymentId))?.stopRequest).toMatchObject({ rollBack: true });
    expect(wakings()).toEqual(['the watching lane']);
    expect((await get(deploymentId))?.status).toBe('InProgress');
  });

  it('lets the event that its host runs end, and no further one begin', async () => {
    const deploymentId = await started();
    await begin(deploymentId);
    const results = [{ status: 'Succeeded' as const, endedAtMs: api.nowMs }];
    await place(deploymentId, { results, handedOut: { attempt: 1, startedAtMs: api.nowMs } });

    await stop(deploymentId);

    expect((await hosts().byId(TWO))?.leg?.endsAfter).toBe(2);
    expect((await theTarget(deploymentId))?.stop).toBeUndefined();
  });

  it('takes back an event that its host has not fetched yet', async () => {
    const deploymentId = await started();
    await begin(deploymentId, { taskToken: 'the deploy lane' });
    await place(deploymentId, {});

    await stop(deploymentId);

    expect((await hosts().byId(TWO))?.leg).toBeUndefined();
    expect((await theTarget(deploymentId))?.stop?.kind).toBe('DeploymentStopped');
    expect(wakings()).toEqual(['the watching lane', 'the deploy lane']);
  });

  it('lets nothing begin on a host that runs nothing, be it an event of the host’s or of the engine’s', async () => {
    const deploymentId = await started();
    await begin(deploymentId);

    await stop(deploymentId);

    const begins = { stepNumber: 2, lifecycleEvents: [] };
    expect(await targets().beginTraffic({ deploymentId, instanceId: TWO }, begins)).toBe('refused');
  });

  it.each(['BlockTraffic', 'AllowTraffic'] as const)('lets %s end that the engine waits for', async (name) => {
    const deploymentId = await started();
    const event: LifecycleEvent = { lifecycleEventName: name, status: 'Unknown' };
    await begin(deploymentId, {
      trafficControl: { targetGroupNames: ['web'] },
      lifecycleEvents: [event],
      legNumber: 2,
    });

    expect(await stop(deploymentId)).toBe('Pending');

    expect((await theTarget(deploymentId))?.stop).toBeUndefined();
  });

  it('says the same when it is called again, and when nobody hears the token any more', async () => {
    const deploymentId = await started();
    await begin(deploymentId);
    states.on(SendTaskSuccessCommand).rejects(new TaskDoesNotExist({ message: 'late', $metadata: {} }));

    expect(await stop(deploymentId, true)).toBe('Pending');
    expect(await stop(deploymentId, false)).toBe('Pending');

    expect((await api.ports.fleetDeployments.byId(deploymentId))?.stopRequest?.rollBack).toBe(true);
  });

  it('is one stop though two ask for it at the same moment', async () => {
    const deploymentId = await started();
    await begin(deploymentId);

    expect(await Promise.all([stop(deploymentId), stop(deploymentId)])).toEqual(['Pending', 'Pending']);
  });
});

describe('StopDeployment, refused', () => {
  it('for one that has ended, as it may while it is asked to stop', async () => {
    const deploymentId = await create();
    await stop(deploymentId);

    expect((await refusal(stop(deploymentId))).name).toBe('DeploymentAlreadyCompletedException');
  });

  it('for a launch, which Auto Scaling waits for', async () => {
    const target = aTarget({ request: aLaunch() });
    await targets().open(target);

    expect((await refusal(stop(target.deploymentId))).name).toBe('UnsupportedActionForDeploymentTypeException');
  });

  it('for one whose deployment group was deleted', async () => {
    const deploymentId = await started();
    await api.client.send(new DeleteDeploymentGroupCommand(FLEET));

    expect((await refusal(stop(deploymentId))).name).toBe('DeploymentGroupDoesNotExistException');
  });
});
