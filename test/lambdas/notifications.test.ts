import { beforeEach, describe, expect, it } from 'vitest';

import type { StateChangeEvent } from '../../core/notifications/state-change-event.ts';
import type { TriggerEvent } from '../../core/notifications/trigger-events.ts';
import { homeIn } from '../../core/notifications/home.ts';
import type { Target } from '../../core/target.ts';
import { PublishedNotifications } from '../../lambdas/notifications.ts';
import { aFleetDeployment } from './doubles/a-fleet-deployment.ts';
import { aDeploymentGroup, anInPlaceRequest, aTarget } from './doubles/builders.ts';
import { NOON, RecordedTelemetry } from './doubles/recorded-engine.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:news';
const HOME = homeIn('arn:aws:codedeploy:us-east-1:111122223333:instance/');

let events: StateChangeEvent[];
let messages: { topicArn: string; subject: string; message: string }[];
let telemetry: RecordedTelemetry;
beforeEach(() => {
  [events, messages, telemetry] = [[], [], new RecordedTelemetry()];
});

/** Notifications of a group with one trigger. */
function notifications(triggerEvents: TriggerEvent[] = [], outside: { broken?: 'topics' | 'eventBus' } = {}) {
  const settings = { triggerConfigurations: [{ triggerName: 'news', triggerTargetArn: TOPIC, triggerEvents }] };
  const isDown = () => Promise.reject(new Error('It is down'));
  return new PublishedNotifications(
    {
      deploymentGroups: {
        byName: () => Promise.resolve({ ...aDeploymentGroup(), settings: { ...SETTINGS, ...settings } }),
      },
      topics: {
        publish: async (topicArn, message) =>
          outside.broken === 'topics' ? isDown() : void messages.push({ topicArn, ...message }),
      },
      eventBus: { put: async (some) => (outside.broken === 'eventBus' ? isDown() : void events.push(...some)) },
      telemetry,
    },
    HOME,
  );
}

const SETTINGS = {
  serviceRoleArn: 'arn:aws:iam::111122223333:role/any',
  deploymentConfigName: 'CodeDeployDefault.OneAtATime',
  autoScalingGroups: [],
  terminationHookEnabled: false,
  deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
  outdatedInstancesStrategy: 'UPDATE',
} as const;

const settledAt = '2026-05-04T12:01:00.000Z';
const failed: Partial<Target> = {
  status: 'Failed',
  settledAt,
  settlement: { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: 'The script failed' },
};
const told = () =>
  events.map(({ DetailType, Detail }) => {
    const { state } = JSON.parse(Detail) as { state: string };
    return `${DetailType.split(' ')[1]} ${state}`;
  });

describe('notifications of a deployment to a fleet', () => {
  it('go to the triggers that ask for its status, and to the event bus', async () => {
    await notifications(['DeploymentSuccess']).ofDeployment({
      ...aFleetDeployment(),
      status: 'Succeeded',
      completedAtMs: NOON + 60_000,
    });

    expect(messages).toMatchObject([
      { topicArn: TOPIC, subject: 'SUCCEEDED: AWS CodeDeploy d-FLEET0001 in us-east-1 to web' },
    ]);
    expect(JSON.parse(messages[0]?.message ?? '')).toMatchObject({
      eventTriggerName: 'news',
      createTime: 'Mon May 04 12:00:00 UTC 2026',
      completeTime: 'Mon May 04 12:01:00 UTC 2026',
    });
    expect(events).toMatchObject([
      {
        Source: 'slipway.codedeploy',
        Resources: [
          'arn:aws:codedeploy:us-east-1:111122223333:application:web',
          'arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:web/web-fleet',
        ],
      },
    ]);
    expect(told()).toEqual(['Deployment SUCCESS']);
  });

  it('say of a rollback that it goes to work, on its trigger alone', async () => {
    const rollback = aFleetDeployment({
      creator: 'codeDeployRollback',
      rollbackInfo: { rollbackTriggeringDeploymentId: 'd-BROKEN000' },
    });

    await notifications(['DeploymentRollback']).ofDeployment({ ...rollback, status: 'InProgress' });

    expect(messages).toHaveLength(1);
    expect(messages[0]?.message).toContain('d-BROKEN000');
    expect(events).toEqual([]);
  });
});

describe('notifications of a target', () => {
  it('tell of one of a fleet without its deployment', async () => {
    const target = aTarget({ request: anInPlaceRequest() });

    await notifications(['DeploymentStart', 'InstanceStart']).ofTarget(target);

    expect(told()).toEqual(['Instance START']);
    expect(messages.map(({ message }) => JSON.parse(message) as unknown)).toMatchObject([
      {
        deploymentId: target.deploymentId,
        instanceId: `arn:aws:ec2:us-east-1:111122223333:instance/${target.instanceId}`,
        instanceStatus: 'IN_PROGRESS',
      },
    ]);
  });

  it('tell of a launch as of a deployment of its own', async () => {
    await notifications(['DeploymentStart']).ofTarget(aTarget());

    expect(told()).toEqual(['Deployment START', 'Instance START']);
    expect(messages).toMatchObject([{ subject: expect.stringMatching(/^CREATED: /) as string }]);
  });

  it('tell why a launch failed', async () => {
    await notifications(['DeploymentFailure']).ofTarget(aTarget(failed));

    expect(told()).toEqual(['Deployment FAILURE', 'Instance FAILURE']);
    expect(messages.map(({ message }) => JSON.parse(message) as unknown)).toMatchObject([
      { status: 'FAILED', errorInformation: '{"ErrorCode":"HEALTH_CONSTRAINTS","ErrorMessage":"The script failed"}' },
    ]);
  });

  it('tell nothing where there was nothing to deploy', async () => {
    await notifications(['DeploymentSuccess']).ofTarget(aTarget({ status: 'Skipped', settledAt }));

    expect([...told(), ...messages]).toEqual([]);
  });
});

describe('a notification that cannot be published', () => {
  it.each(['topics', 'eventBus'] as const)('fails nothing, is counted, and keeps no other back: %s', async (broken) => {
    await notifications(['DeploymentStart'], { broken }).ofTarget(aTarget());

    expect(telemetry.counts).toEqual(['NotificationsFailed']);
    expect(broken === 'topics' ? events : messages).not.toEqual([]);
  });
});
