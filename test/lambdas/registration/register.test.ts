import { beforeEach, describe, expect, it } from 'vitest';

import type { DeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { type LaunchGuard, noteHeld, NO_FAILURES } from '../../../core/launch-guard/launch-guard.ts';
import { targetRevision } from '../../../core/deployment-group.ts';
import { type Ports, register } from '../../../lambdas/registration/register.ts';
import { DECLARED_BY, REVISION_ONE, WEB_FLEET } from '../doubles/builders.ts';
import { MemoryGroups } from '../doubles/memory-groups.ts';
import { MemoryTable } from '../doubles/memory-table.ts';
import { NOON, RecordedResponses, RecordedTelemetry } from '../doubles/recorded-engine.ts';
import { aRegistration } from '../doubles/registration.ts';

let table: MemoryTable;
let deploymentGroups: DeploymentGroups;
let responses: RecordedResponses;
beforeEach(() => {
  table = new MemoryTable(() => NOON);
  deploymentGroups = table.deploymentGroups;
  responses = new RecordedResponses();
});

const run = (event: ReturnType<typeof aRegistration>, ports: Partial<Ports> = {}) =>
  register(event, {
    deploymentGroups,
    launchGuards: table.launchGuards,
    autoScalingGroups: new MemoryGroups(),
    respond: responses.respond,
    telemetry: new RecordedTelemetry(),
    ...ports,
  });

describe('the registration of a deployment group', () => {
  it('keeps its target groups in CodeDeploy’s words', async () => {
    await run(aRegistration('Create', { TrafficControl: { TargetGroupNames: ['web-targets'] } }));

    expect(await deploymentGroups.byName(WEB_FLEET)).toMatchObject({
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
      loadBalancerInfo: { targetGroupInfoList: [{ name: 'web-targets' }] },
    });
  });

  it('takes names of target groups and nothing else', async () => {
    await run(aRegistration('Create', { TrafficControl: { TargetGroupNames: 'web-targets' } }));

    expect(responses.last).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('a list of names') });
  });

  it('follows its declaration', async () => {
    await run(aRegistration('Create', { InstanceRoleArn: 'arn:aws:iam::111122223333:role/WebRole' }));

    expect(responses.last).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'web/web-fleet',
      StackId: DECLARED_BY.stackId,
      LogicalResourceId: DECLARED_BY.logicalResourceId,
      RequestId: 'request-1',
      Data: { LastSuccessfulObjectArn: 'arn:aws:s3:::revisions/web-1.zip' },
    });
    expect(await deploymentGroups.byName(WEB_FLEET)).toMatchObject({
      ...WEB_FLEET,
      revision: REVISION_ONE,
      deploysTerminations: true,
      ignoreApplicationStopFailures: false,
      fileExistsBehavior: 'DISALLOW',
      instanceRoleArn: 'arn:aws:iam::111122223333:role/WebRole',
    });
  });

  it('may come without a revision', async () => {
    await run(aRegistration('Create', { Revision: undefined }));

    expect(responses.last?.Status).toBe('SUCCESS');
    expect((await deploymentGroups.byName(WEB_FLEET))?.revision).toBeUndefined();
  });

  it('changes the target revision with an update', async () => {
    await run(aRegistration('Create'));
    const S3Location = { Bucket: 'revisions', Key: 'web-2.zip', BundleType: 'zip', Version: 'v2', ETag: 'e' };
    await run(aRegistration('Update', { Revision: { RevisionType: 'S3', S3Location } }));

    expect((await deploymentGroups.byName(WEB_FLEET))?.revision).toEqual({ RevisionType: 'S3', S3Location });
  });

  it('tells what instances launch with while a changed revision is on its way', async () => {
    await run(aRegistration('Create', { IsRolledOut: 'true' }));
    await deploymentGroups.remember(WEB_FLEET, REVISION_ONE);
    const S3Location = { Bucket: 'revisions', Key: 'web-2.zip', BundleType: 'zip' };
    await run(aRegistration('Update', { IsRolledOut: 'true', Revision: { RevisionType: 'S3', S3Location } }));

    const group = await deploymentGroups.byName(WEB_FLEET);
    expect(group && targetRevision(group)).toEqual(REVISION_ONE);
    expect(responses.last?.Data).toEqual({ LastSuccessfulObjectArn: 'arn:aws:s3:::revisions/web-1.zip' });
  });

  it('gets another physical id with another name, so that CloudFormation deletes the old one', async () => {
    await run(aRegistration('Update', { DeploymentGroupName: 'web-green' }));

    expect(responses.last?.PhysicalResourceId).toBe('web/web-green');
  });

  it('ends with its declaration, also when it never was', async () => {
    await run(aRegistration('Create'));
    await run(aRegistration('Delete'));
    await run(aRegistration('Delete'));

    expect(responses.last?.Status).toBe('SUCCESS');
    expect(await deploymentGroups.byName(WEB_FLEET)).toBeUndefined();
  });

  it('lets launches go that it held, as nobody would later', async () => {
    const autoScalingGroups = new MemoryGroups();
    await run(aRegistration('Create'));
    await table.launchGuards.save(WEB_FLEET, noteHeld(NO_FAILURES, 'web-blue') as LaunchGuard);
    await autoScalingGroups.suspend('web-blue', ['Launch']);

    await run(aRegistration('Delete'), { autoScalingGroups });

    expect(autoScalingGroups.suspended.get('web-blue')?.has('Launch')).toBe(false);
  });

  it('does not take a group from another stack, nor remove it when the failed creation is rolled back', async () => {
    await run(aRegistration('Create'));
    await run({ ...aRegistration('Create'), StackId: 'another' });
    const { Status, Reason, PhysicalResourceId } = responses.last ?? {};
    await run({ ...aRegistration('Delete'), StackId: 'another', PhysicalResourceId } as never);

    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('Another stack registers')]);
    expect(await deploymentGroups.byName(WEB_FLEET)).toBeDefined();
  });

  it.each([
    [{ ApplicationName: undefined }, 'ApplicationName is missing'],
    [{ ApplicationName: 'web/shop' }, 'ApplicationName must be 1 to 100 letters'],
    [{ DeploymentGroupName: 7 }, 'DeploymentGroupName must be a text'],
    [{ TerminationDeployments: 'perhaps' }, 'TerminationDeployments is perhaps; it may be true or false'],
    [{ Revision: 'web-1.zip' }, 'Revision must be an object'],
    [{ Revision: { RevisionType: 'GitHub' } }, 'Revision.RevisionType must be S3, not GitHub'],
    [{ Revision: { RevisionType: 'S3', S3Location: { Bucket: 'b', Key: 'k' } } }, 'needs a BundleType'],
    [{ FileExistsBehavior: 'KEEP' }, 'FileExistsBehavior is KEEP'],
  ])('fails with a reason for %o', async (properties, reason) => {
    await run(aRegistration('Create', properties));

    expect(responses.last).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
  });

  it('answers CloudFormation even when the table fails, without its details', async () => {
    const broken = { ...deploymentGroups, declare: () => Promise.reject(new Error('secret detail')) };

    await run(aRegistration('Create'), { deploymentGroups: broken });

    expect(responses.last).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'never-registered' });
    expect(responses.last?.Reason).not.toContain('secret detail');
  });
});
