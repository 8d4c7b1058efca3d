import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { TableApplicationRevisions } from '../../../adapters/table/application-revisions.ts';
import { TableApplications } from '../../../adapters/table/applications.ts';
import { TableDeploymentConfigs } from '../../../adapters/table/deployment-configs.ts';
import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../../adapters/table/fleet-deployments.ts';
import { TableStackRequests } from '../../../adapters/table/stack-requests.ts';
import { TableFleets } from '../../../adapters/table/fleet-places.ts';
import { TableGroupDeployments } from '../../../adapters/table/group-deployments.ts';
import { TableHosts } from '../../../adapters/table/hosts.ts';
import { TableLaunchGuards } from '../../../adapters/table/launch-guards.ts';
import { TableNamedGroups } from '../../../adapters/table/named-groups.ts';
import { TableStandbyNotes } from '../../../adapters/table/standby-notes.ts';
import type { AppSpecReading } from '../../../adapters/revision-bundles/app-spec-reading.ts';
import { describeGroup } from '../../../core/deployment-group.ts';
import { deploymentGroupIdFor, deploymentIdFor } from '../../../core/identifiers.ts';
import { type LaunchGuard, noteHeld, NO_FAILURES } from '../../../core/launch-guard/launch-guard.ts';
import type { Revision } from '../../../core/revision.ts';
import type { Ports } from '../../../lambdas/rollout/ports.ts';
import { rollOut } from '../../../lambdas/rollout/roll-out.ts';
import { openDynamoDb } from '../../adapters/table/tables.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { aDeploymentGroup, DECLARED_BY, REVISION_ONE, REVISION_TWO } from '../doubles/builders.ts';
import {
  NOON,
  RecordedExecutions,
  RecordedResponses,
  RecordedTaskTokens,
  RecordedTelemetry,
} from '../doubles/recorded-engine.ts';

const HOST = 'i-0a1b2c3d4e5f60718';
const OVERVIEW = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 1, Skipped: 0, Ready: 0 };
const FAILURE = { status: 'Failed', errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'too many' } } as const;

describe('the roll-out of a declared revision', () => {
  let database: Awaited<ReturnType<typeof openDynamoDb>>;
  let ports: Ports;
  let responses: RecordedResponses;
  let executions: RecordedExecutions;
  let isRollingBack: boolean;
  let appSpec: AppSpecReading;
  let number = 0;
  let group: { applicationName: string; deploymentGroupName: string };

  beforeAll(async () => {
    database = await openDynamoDb();
  });
  afterAll(() => database.close());

  /** A group of its own for each test, with one host that was launched with the first revision. */
  beforeEach(async () => {
    const clock = () => NOON;
    const { table } = database;
    responses = new RecordedResponses();
    executions = new RecordedExecutions();
    isRollingBack = false;
    appSpec = { kind: 'unreadable', reason: 'it lies elsewhere' };
    group = { applicationName: 'web', deploymentGroupName: `fleet-${(number += 1)}` };
    ports = {
      applications: new TableApplications(table),
      applicationRevisions: new TableApplicationRevisions(table),
      autoScalingGroups: {
        describe: () =>
          Promise.resolve([
            {
              autoScalingGroupName: 'web-blue',
              members: [{ instanceId: HOST, lifecycleState: 'InService', zone: 'us-east-1a' }],
              suspended: [],
            },
          ]),
        suspend: () => Promise.resolve('done' as const),
        resume: () => Promise.resolve('done' as const),
      },
      deploymentConfigs: new TableDeploymentConfigs(table),
      deploymentGroups: new TableDeploymentGroups(table, clock),
      fleetDeployments: new TableFleetDeployments(table),
      stackRequests: new TableStackRequests(table),
      fleetExecutions: executions,
      fleets: new TableFleets(table, clock),
      groupDeployments: new TableGroupDeployments(table),
      hosts: new TableHosts(table, clock),
      instances: { tagged: () => Promise.resolve([]), gone: () => Promise.resolve([]) },
      launchGuards: new TableLaunchGuards(table),
      namedGroups: new TableNamedGroups(table),
      revisionBundles: { readAppSpec: () => Promise.resolve(appSpec) },
      standbyNotes: new TableStandbyNotes(table, clock),
      respond: responses.respond,
      stacks: { isRollingBack: () => Promise.resolve(isRollingBack) },
      taskTokens: new RecordedTaskTokens(),
      telemetry: new RecordedTelemetry(),
      clock,
    };
    await ports.deploymentGroups.declare(aDeploymentGroup({ ...group, isRolledOut: true }), DECLARED_BY);
    await ports.hosts.remember(HOST, { group, revision: REVISION_ONE, at: new Date(NOON).toISOString() });
  });

  const asked = (
    RequestType: 'Create' | 'Update' | 'Delete',
    revision: Revision,
    { requestId = `${describeGroup(group)}-request`, ...properties }: Record<string, string> = {},
  ) =>
    ({
      RequestType,
      ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:rollout',
      ResponseURL: 'https://cloudformation.example/answer',
      StackId: DECLARED_BY.stackId,
      RequestId: requestId,
      LogicalResourceId: 'WebRollout',
      ResourceType: 'Custom::SlipwayRollout',
      ResourceProperties: { ...group, ...declared(revision), ...properties },
      ...(RequestType !== 'Create' && { PhysicalResourceId: describeGroup(group) }),
      ...(RequestType === 'Update' && {
        OldResourceProperties: declared(revision === REVISION_ONE ? REVISION_TWO : REVISION_ONE),
      }),
    }) as unknown as CloudFormationCustomResourceEvent;
  const declared = (Revision: Revision) => ({
    ApplicationName: group.applicationName,
    DeploymentGroupName: group.deploymentGroupName,
    AutoScalingGroupName: 'web-blue',
    Revision,
    Mode: 'WAIT',
  });
  const idOf = (requestId: string) => deploymentIdFor(requestId);
  const own = () => ports.fleetDeployments.byId(idOf(`${describeGroup(group)}-request`));
  const end = (deploymentId: string) => ports.fleetDeployments.end(deploymentId, FAILURE, OVERVIEW, NOON);

  it('lets launches go on that were held for want of a revision, where there is no host to deploy to', async () => {
    const resumed: string[] = [];
    const nobody = { autoScalingGroupName: 'web-blue', members: [], suspended: ['Launch'] };
    ports = {
      ...ports,
      autoScalingGroups: {
        ...ports.autoScalingGroups,
        describe: () => Promise.resolve([nobody]),
        resume: (name, processes) => Promise.resolve(void resumed.push(name, ...processes)).then(() => 'done' as const),
      },
    };
    await ports.launchGuards.save(group, noteHeld(NO_FAILURES, 'web-blue') as LaunchGuard);

    await rollOut(asked('Update', REVISION_TWO), ports);

    expect(responses.last?.Status).toBe('SUCCESS');
    expect(resumed).toEqual(['web-blue', 'Launch']);
  });

  it('begins a deployment for a changed revision, and lets its end answer', async () => {
    await rollOut(asked('Update', REVISION_TWO), ports);

    expect(responses.all).toEqual([]);
    const deployment = await own();
    expect(deployment).toMatchObject({
      status: 'Created',
      creator: 'user',
      description: expect.stringContaining('Declared by the stack'),
      revision: REVISION_TWO,
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      selection: { autoScalingGroups: ['web-blue'] },
      stackRequest: { responseUrl: 'https://cloudformation.example/answer', deadlineMs: NOON + 3_300_000 },
    });
    expect([...executions.started.keys()]).toEqual([deployment?.deploymentId]);
  });

  it('refuses a revision with a faulty AppSpec before any host is touched, with its line', async () => {
    appSpec = { kind: 'read', path: 'appspec.yml', text: 'version: 0.0\nos: Linux\n', state: undefined };

    await rollOut(asked('Update', REVISION_TWO), ports);

    expect(responses.last).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/appspec\.yml:2:\d+: .*Linux/) as string,
    });
    expect(executions.started.size).toBe(0);
  });

  it('goes back to the revision before without a look at its AppSpec', async () => {
    appSpec = { kind: 'gone', reason: 'nobody needs it' };
    isRollingBack = true;

    await rollOut(asked('Update', REVISION_TWO), ports);

    expect(responses.last?.Status).not.toBe('FAILED');
  });

  it('does the same when it is asked again, also after a crash between the record and its execution', async () => {
    const crash = { ...ports, fleetExecutions: { start: () => Promise.reject(new Error('crash')) } };
    await rollOut(asked('Update', REVISION_TWO), { ...crash, respond: () => Promise.reject(new Error('crash')) }).catch(
      () => undefined,
    );

    await rollOut(asked('Update', REVISION_TWO), ports);
    await rollOut(asked('Update', REVISION_TWO), ports);

    expect(responses.all).toEqual([]);
    expect([...executions.started.keys()]).toEqual([idOf(`${describeGroup(group)}-request`)]);
  });

  it('goes on at once when it is only to start the deployment, and says which that is', async () => {
    await rollOut(asked('Update', REVISION_TWO, { Mode: 'START', RollBackOnFailure: 'true' }), ports);

    const deployment = await own();
    expect(responses.all).toEqual([
      expect.objectContaining({ Status: 'SUCCESS', Data: { DeploymentId: deployment?.deploymentId } }),
    ]);
    expect(deployment?.stackRequest).toBeUndefined();
    expect(deployment?.autoRollback?.events).toContain('DEPLOYMENT_FAILURE');
  });

  it('has nothing to do when the stack is created and its hosts were launched with the revision', async () => {
    await rollOut(asked('Create', REVISION_ONE), ports);

    expect(responses.last).toMatchObject({ Status: 'SUCCESS', Data: { DeploymentId: 'none' } });
    expect(executions.started.size).toBe(0);
  });

  it('makes the revision the target at once where there is no host to try it on', async () => {
    const empty = { ...ports.autoScalingGroups, describe: () => Promise.resolve([]) };

    await rollOut(asked('Update', REVISION_TWO), { ...ports, autoScalingGroups: empty });

    expect(responses.last?.Status).toBe('SUCCESS');
    expect((await ports.deploymentGroups.byName(group))?.lastSuccessfulRevision).toEqual(REVISION_TWO);
  });

  it('brings the old revision back when a stack goes back after a failure', async () => {
    await rollOut(asked('Update', REVISION_TWO), ports);
    const failed = await own();
    await end(failed?.deploymentId ?? '');
    const past = { ...aFleetDeployment(failed), status: 'Failed' as const };
    await ports.groupDeployments.attempted(deploymentGroupIdFor(group), past);
    await ports.groupDeployments.release(deploymentGroupIdFor(group), past.deploymentId);
    isRollingBack = true;
    const requestId = `${describeGroup(group)}-back`;

    await rollOut(asked('Update', REVISION_ONE, { requestId }), ports);

    expect(await ports.fleetDeployments.byId(idOf(requestId))).toMatchObject({
      revision: REVISION_ONE,
      stackRequest: { isRollback: true },
    });
  });

  it('lets a deployment that its stack no longer wants make way for the old revision', async () => {
    await rollOut(asked('Update', REVISION_TWO), ports);
    isRollingBack = true;
    const requestId = `${describeGroup(group)}-back`;

    await rollOut(asked('Update', REVISION_ONE, { requestId }), ports);
    await rollOut(asked('Update', REVISION_ONE, { requestId }), ports);

    expect(responses.all).toEqual([]);
    const overtaken = await own();
    expect(overtaken).toMatchObject({
      stopRequest: { rollBack: false },
      successor: { deploymentId: idOf(requestId), revision: REVISION_ONE },
    });
    expect(overtaken?.stackRequest).toBeUndefined();
  });

  it('waits for no deployment that somebody else began, and does not keep a stack from going back', async () => {
    const deploymentGroupId = deploymentGroupIdFor(group);
    await ports.fleetDeployments.create(aFleetDeployment({ deploymentId: `d-OTHER${number}`, deploymentGroupId }));

    await rollOut(asked('Update', REVISION_ONE), ports);
    isRollingBack = true;
    await rollOut(asked('Update', REVISION_ONE, { requestId: 'back' }), ports);

    expect(responses.all).toEqual([
      expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining(`d-OTHER${number}`) }),
      expect.objectContaining({ Status: 'SUCCESS' }),
    ]);
  });

  it('changes nothing when only the way of rolling out changes, and when it is removed', async () => {
    const unchanged = asked('Update', REVISION_TWO, { DeploymentConfigName: 'CodeDeployDefault.AllAtOnce' });

    await rollOut({ ...unchanged, OldResourceProperties: declared(REVISION_TWO) } as never, ports);
    await rollOut(asked('Delete', REVISION_TWO), ports);

    expect(responses.all.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(executions.started.size).toBe(0);
  });

  it('fails with a reason for what it cannot do, but does not keep a stack from going back', async () => {
    const properties = { DeploymentConfigName: 'Careful' };
    await rollOut(asked('Update', REVISION_TWO, properties), ports);
    isRollingBack = true;
    await rollOut(asked('Update', REVISION_TWO, properties), ports);

    expect(responses.all).toEqual([
      expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('Careful') }),
      expect.objectContaining({ Status: 'SUCCESS' }),
    ]);
  });

  it('leaves a stack that goes back without an answer when the table fails, for it is asked again', async () => {
    isRollingBack = true;
    const broken = { byName: () => Promise.reject(new Error('throttled')) };

    const attempt = rollOut(asked('Update', REVISION_ONE), { ...ports, applications: broken as never });

    await expect(attempt).rejects.toThrow('throttled');
    expect(responses.all).toEqual([]);
  });
});
