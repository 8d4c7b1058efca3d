import { describe, expect, it } from 'vitest';
import { type DeploymentChange, deploymentMessage } from '../../../core/notifications/deployment-message.ts';
import { deploymentEvent, targetEvent } from '../../../core/notifications/state-change-event.ts';
import { targetMessage } from '../../../core/notifications/target-message.ts';
import { deploymentTriggerEvent, targetTriggerEvent, triggersFor } from '../../../core/notifications/trigger-events.ts';

const scene = {
  partition: 'aws',
  region: 'us-east-1',
  accountId: '111122223333',
  applicationName: 'web',
  deploymentGroupName: 'web-fleet',
  deploymentGroupId: '0f0e0d0c',
  deploymentId: 'd-75I7MBT7C',
};
const created: DeploymentChange = { ...scene, status: 'Created', createTime: '2022-10-13T15:50:45.123Z' };
const failed: DeploymentChange = {
  ...created,
  status: 'Failed',
  completeTime: '2022-10-03T05:02:01Z',
  overview: { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 1, Skipped: 2, Ready: 0 },
  errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'too few' },
};
const read = (message: string) => JSON.parse(message) as Record<string, unknown>;

describe('a trigger', () => {
  it('hears of a deployment that begins, before it is over', () => {
    const { subject, message } = deploymentMessage(created, 'ops');

    expect(subject).toBe('CREATED: AWS CodeDeploy d-75I7MBT7C in us-east-1 to web');
    expect(read(message)).toEqual({
      region: 'us-east-1',
      accountId: '111122223333',
      eventTriggerName: 'ops',
      applicationName: 'web',
      deploymentId: 'd-75I7MBT7C',
      deploymentGroupName: 'web-fleet',
      createTime: 'Thu Oct 13 15:50:45 UTC 2022',
      completeTime: null,
      status: 'CREATED',
    });
  });

  it('hears why a deployment failed and how far it came, in JSON within JSON', () => {
    expect(read(deploymentMessage(failed, 'ops').message)).toMatchObject({
      completeTime: 'Mon Oct 03 05:02:01 UTC 2022',
      status: 'FAILED',
      deploymentOverview: '{"Succeeded":0,"Failed":1,"Skipped":2,"InProgress":0,"Pending":0}',
      errorInformation: '{"ErrorCode":"HEALTH_CONSTRAINTS","ErrorMessage":"too few"}',
      rollbackInformation: '{}',
    });
  });

  it('hears which deployment a rollback follows', () => {
    const rollbackInfo = { rollbackTriggeringDeploymentId: 'd-OLD', rollbackMessage: 'because' };

    expect(read(deploymentMessage({ ...created, status: 'InProgress', rollbackInfo }, 'ops').message)).toMatchObject({
      status: 'IN_PROGRESS',
      rollbackInformation: '{"RollbackMessage":"because","RollbackTriggeringDeploymentId":"d-OLD"}',
    });
  });

  it('has a subject that SNS takes, however long the application’s name', () => {
    const { subject } = deploymentMessage({ ...created, applicationName: 'x'.repeat(100) }, 'ops');

    expect(subject).toHaveLength(100);
    expect(subject.endsWith('...')).toBe(true);
  });

  it('hears of a target with the events it went through', () => {
    const { subject, message } = targetMessage(
      {
        ...scene,
        targetArn: 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b',
        status: 'InProgress',
        lastUpdatedAt: '2022-10-13T15:50:45Z',
        lifecycleEvents: [
          {
            lifecycleEventName: 'ApplicationStop',
            status: 'Succeeded',
            startTime: '2022-10-13T15:50:45Z',
            endTime: '2022-10-13T15:50:46Z',
          },
          { lifecycleEventName: 'DownloadBundle', status: 'Pending' },
        ],
      },
      'ops',
    );

    expect(subject).toBe('IN_PROGRESS: AWS CodeDeploy d-75I7MBT7C in us-east-1 to web');
    expect(read(message)).toMatchObject({
      instanceId: 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b',
      instanceStatus: 'IN_PROGRESS',
      lifecycleEvents: JSON.stringify([
        {
          LifecycleEvent: 'ApplicationStop',
          LifecycleEventStatus: 'Succeeded',
          StartTime: 'Thu Oct 13 15:50:45 UTC 2022',
          EndTime: 'Thu Oct 13 15:50:46 UTC 2022',
        },
        { LifecycleEvent: 'DownloadBundle', LifecycleEventStatus: 'Pending' },
      ]),
    });
  });

  it.each([
    ['Created', 'user', 'DeploymentStart'],
    ['Queued', 'user', undefined],
    ['InProgress', 'user', undefined],
    ['InProgress', 'codeDeployRollback', 'DeploymentRollback'],
    ['Ready', 'user', 'DeploymentReady'],
    ['Succeeded', 'user', 'DeploymentSuccess'],
    ['Failed', 'user', 'DeploymentFailure'],
    ['Stopped', 'user', 'DeploymentStop'],
  ] as const)('is fired by %s of a deployment by %s as %s', (status, creator, event) => {
    expect(deploymentTriggerEvent(status, creator)).toBe(event);
  });

  it.each([
    ['Pending', undefined],
    ['InProgress', 'InstanceStart'],
    ['Succeeded', 'InstanceSuccess'],
    ['Failed', 'InstanceFailure'],
    ['Ready', 'InstanceReady'],
    ['Skipped', undefined],
  ] as const)('is fired by %s of a target as %s', (status, event) => {
    expect(targetTriggerEvent(status)).toBe(event);
  });

  it('hears of what it is for, and nothing else', () => {
    const ops = { triggerName: 'ops', triggerTargetArn: 'arn:…:ops', triggerEvents: ['DeploymentFailure'] } as const;

    expect(triggersFor('DeploymentFailure', [ops])).toEqual([ops]);
    expect(triggersFor('DeploymentSuccess', [ops])).toEqual([]);
    expect(triggersFor(undefined, [ops])).toEqual([]);
  });
});

describe('an event', () => {
  it('tells of a deployment that stopped', () => {
    const event = deploymentEvent('Stopped', scene);

    expect(event).toMatchObject({
      Source: 'slipway.codedeploy',
      DetailType: 'CodeDeploy Deployment State-change Notification',
      Resources: [
        'arn:aws:codedeploy:us-east-1:111122223333:application:web',
        'arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:web/web-fleet',
      ],
    });
    expect(read(event?.Detail ?? '')).toEqual({
      region: 'us-east-1',
      application: 'web',
      deploymentGroup: 'web-fleet',
      deploymentId: 'd-75I7MBT7C',
      instanceGroupId: '0f0e0d0c',
      state: 'STOP',
    });
  });

  it('tells of a target that begins', () => {
    const event = targetEvent('InProgress', 'i-0a1b', scene);

    expect(event?.DetailType).toBe('CodeDeploy Instance State-change Notification');
    expect(read(event?.Detail ?? '')).toMatchObject({ instanceId: 'i-0a1b', state: 'START' });
  });

  it('is not made of what nobody is told of', () => {
    expect(deploymentEvent('Queued', scene)).toBeUndefined();
    expect(targetEvent('Skipped', 'i-0a1b', scene)).toBeUndefined();
  });
});
