import {
  type CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentConfigCommand,
  CreateDeploymentGroupCommand,
  DeleteApplicationCommand,
  DeleteDeploymentConfigCommand,
  DeleteDeploymentGroupCommand,
  DeploymentDoesNotExistException,
  type DeploymentInfo,
  type InstanceTarget,
  ListApplicationsCommand,
  ListDeploymentsCommand,
  ListTagsForResourceCommand,
  StopDeploymentCommand,
  TagResourceCommand,
  UntagResourceCommand,
  waitUntilDeploymentSuccessful,
} from '@aws-sdk/client-codedeploy';
import { expect } from 'vitest';
import type { Cloud } from './cloud.ts';
import { FailingRevisions } from './failing-revisions.ts';
import { Fleet } from './fleet.ts';
import { Operator } from './operator.ts';
import { until } from './until.ts';

const LIFE = { applicationName: 'life', deploymentGroupName: 'life-fleet' };

/**
 * The life of an application through CodeDeploy's public client: made, deployed, failed and rolled back, stopped and
 * undone, tagged, deleted.
 */
export async function liveAWholeLife(cloud: Cloud): Promise<void> {
  const revisions = new FailingRevisions();
  const fleet = await Fleet.launch(cloud, 'life', { hosts: revisions.rule });
  await fleet.resize(2);
  for (const nth of [0, 1]) await fleet.reaches('InService', await fleet.launched(nth));
  const operator = new Operator(cloud, LIFE);
  const { codeDeploy } = operator;
  const arn = `arn:aws:codedeploy:us-east-1:${cloud.rehearsal.accountId}:application:life`;
  await makeGroup(codeDeploy, fleet);
  const [good, bad] = [await operator.publish('life-1'), await operator.publish('life-2')];

  const first = await operator.deploy(good, { deploymentConfigName: 'CodeDeployDefault.AllAtOnce' });
  await waitUntilDeploymentSuccessful(
    { client: codeDeploy, maxWaitTime: 45, minDelay: 0.1, maxDelay: 0.2 },
    { deploymentId: first },
  );

  revisions.failNext(2);
  const second = await operator.deploy(bad, {
    deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
    autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
  });
  const failed = await operator.ended(second);
  const rollback = await operator.ended(failed.rollbackInfo?.rollbackDeploymentId);

  const third = await operator.deploy(bad);
  await until('work on a target', async () => (await operator.deployment(third)).deploymentOverview?.InProgress);
  const { status } = await codeDeploy.send(
    new StopDeploymentCommand({ deploymentId: third, autoRollbackEnabled: true }),
  );
  const answeredAt = new Date(cloud.rehearsal.clock.now());
  const stopped = await operator.ended(third);
  const undone = await operator.ended(stopped.rollbackInfo?.rollbackDeploymentId);

  expect(failed).toMatchObject({ status: 'Failed', errorInformation: { code: 'HEALTH_CONSTRAINTS' } });
  expect((await operator.targets(second)).map(failureOf)).toEqual(
    Array.from({ length: 2 }, () => ({ event: 'ApplicationStart', errorCode: 'ScriptFailed' })),
  );
  expect(rollback).toMatchObject({ status: 'Succeeded', creator: 'codeDeployRollback', revision: good });
  expect(status).toMatch(/Pending|Succeeded/);
  expect(stopped).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } });
  expect(stopped.deploymentOverview?.Skipped).toBeGreaterThan(0);
  expect(beginningsAfter(answeredAt, await operator.targets(third))).toEqual([]);
  expect(undone).toMatchObject({
    status: 'Succeeded',
    rollbackInfo: { rollbackTriggeringDeploymentId: third },
    deploymentOverview: { Succeeded: 2 },
  });
  expect(await historyOf(codeDeploy)).toEqual([undone, stopped, rollback, failed, { deploymentId: first }].map(idOf));

  await codeDeploy.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'team', Value: 'web' }] }));
  await codeDeploy.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['story'] }));
  expect((await codeDeploy.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags).toEqual([
    { Key: 'team', Value: 'web' },
  ]);

  await codeDeploy.send(new DeleteDeploymentGroupCommand(LIFE));
  await codeDeploy.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'life-half' }));
  await codeDeploy.send(new DeleteApplicationCommand({ applicationName: 'life' }));
  expect((await codeDeploy.send(new ListApplicationsCommand())).applications).not.toContain('life');
  await expect(operator.deployment(first)).rejects.toThrow(DeploymentDoesNotExistException);
}

/** An application, a config of its own, and a group of the fleet's hosts, which it finds by their tag. */
async function makeGroup(codeDeploy: CodeDeployClient, fleet: Fleet): Promise<void> {
  const tags = [{ Key: 'story', Value: 'sdk' }];
  await codeDeploy.send(new CreateApplicationCommand({ applicationName: 'life', tags }));
  await codeDeploy.send(
    new CreateDeploymentConfigCommand({
      deploymentConfigName: 'life-half',
      minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
    }),
  );
  await codeDeploy.send(
    new CreateDeploymentGroupCommand({
      ...LIFE,
      deploymentConfigName: 'life-half',
      serviceRoleArn: 'arn:aws:iam::123456789012:role/any',
      ec2TagFilters: [{ Key: 'aws:autoscaling:groupName', Value: fleet.name, Type: 'KEY_AND_VALUE' }],
    }),
  );
}

/** What broke off the work on a target. */
function failureOf({ lifecycleEvents = [] }: InstanceTarget) {
  const failed = lifecycleEvents.find(({ status }) => status === 'Failed');
  return { event: failed?.lifecycleEventName, errorCode: failed?.diagnostics?.errorCode };
}

/** Lifecycle events that began later than this. */
function beginningsAfter(at: Date, targets: readonly InstanceTarget[]) {
  const events = targets.flatMap(({ lifecycleEvents = [] }) => lifecycleEvents);
  return events.filter(({ startTime }) => startTime !== undefined && startTime > at);
}

async function historyOf(codeDeploy: CodeDeployClient) {
  return (await codeDeploy.send(new ListDeploymentsCommand(LIFE))).deployments;
}

function idOf({ deploymentId }: DeploymentInfo) {
  return deploymentId;
}
