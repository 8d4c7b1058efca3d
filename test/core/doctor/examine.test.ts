import { describe, expect, it } from 'vitest';

import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import { examine } from '../../../core/doctor/examine.ts';
import type { ObservedHook } from '../../../core/doctor/observation.ts';
import {
  aGroup,
  anAutoScalingGroup,
  anInstance,
  anObservation,
  apiGroup,
  HOOK_TARGET,
  launchHook,
  terminationHook,
} from './builders.ts';

const hooksOf = (hooks: readonly ObservedHook[], owner: DeploymentGroup = aGroup()) =>
  examine(anObservation({ deploymentGroups: [owner], autoScalingGroups: [anAutoScalingGroup({ hooks })] }));
const namesOf = (findings: readonly { readonly name: string }[]): string[] => findings.map(({ name }) => name);

describe('hooks', () => {
  it('that are as they were declared are no finding', () => {
    const healthy = hooksOf([launchHook(), terminationHook()], aGroup({ deploysTerminations: true }));

    expect(healthy).toEqual([]);
  });

  it('of others are none of our business', () => {
    const other = { lifecycleHookName: 'drain', direction: 'launch', notificationTargetArn: 'arn:aws:sns:…' } as const;

    expect(hooksOf([launchHook(), other])).toEqual([]);
  });

  it('are missing where a deployment group deploys terminations and nothing holds them', () => {
    const [finding, ...others] = hooksOf([launchHook()], aGroup({ deploysTerminations: true }));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      name: 'HookMissing',
      lifecycleHookName: 'slipway-termination',
      problem:
        'blue has no hook slipway-termination, though web/fleet deploys to it: its instances go without their termination deployment.',
      mend: {
        kind: 'put',
        direction: 'termination',
        deploymentGroups: [{ applicationName: 'web', deploymentGroupName: 'fleet' }],
        heartbeatTimeoutSeconds: 900,
      },
    });
  });

  it('are missing where all are gone, and the last launch tells from where', () => {
    const findings = examine(
      anObservation({
        deploymentGroups: [aGroup()],
        autoScalingGroups: [anAutoScalingGroup({ hooks: [] }), anAutoScalingGroup({ autoScalingGroupName: 'other' })],
        lastLaunches: new Map([['web/fleet', 'blue']]),
      }),
    );

    expect(findings).toMatchObject([{ name: 'HookMissing', autoScalingGroupName: 'blue' }]);
  });

  it('are put with the heartbeat timeout that the hook of the other direction repeats from the template', () => {
    const [finding] = hooksOf([launchHook({ heartbeatTimeoutSeconds: 1800 })], aGroup({ deploysTerminations: true }));

    expect(finding?.mend).toMatchObject({ heartbeatTimeoutSeconds: 1800 });
  });

  it('of the API are mended as its own records have them', () => {
    const [finding] = hooksOf([], apiGroup('blue'));

    expect(finding).toMatchObject({
      name: 'HookMissing',
      mend: {
        kind: 'share',
        autoScalingGroupName: 'blue',
        sharers: [{ applicationName: 'web', deploymentGroupName: 'fleet', directions: ['launch'] }],
      },
    });
  });

  it.each([
    ['queue', { notificationTargetArn: 'arn:aws:sqs:q' }, 'it sends to arn:aws:sqs:q, not'],
    ['role', { roleArn: 'arn:aws:iam::1:role/other' }, 'its role is arn:aws:iam::1:role/other, not'],
    ['default result', { defaultResult: 'CONTINUE' }, 'its default result is CONTINUE, not ABANDON'],
    ['heartbeat timeout', { heartbeatTimeoutSeconds: 1200 }, 'its heartbeat timeout in seconds is 1200, not 900'],
    ['metadata', { notificationMetadata: 'mine' }, 'its notification metadata says nothing'],
  ])('whose %s somebody changed are edited', (_, change, says) => {
    const findings = examine(
      anObservation({
        deploymentGroups: [aGroup()],
        autoScalingGroups: [anAutoScalingGroup({ hooks: [{ ...launchHook(), ...change }] })],
        lastLaunches: new Map([['web/fleet', 'blue']]),
      }),
    );

    expect(findings).toMatchObject([{ name: 'HookEdited', mend: { kind: 'put', heartbeatTimeoutSeconds: 900 } }]);
    expect(findings[0]?.problem).toContain(says);
  });

  it('that name a deployment group which is no more, beside one that is, are edited', () => {
    const both = [
      { applicationName: 'web', deploymentGroupName: 'fleet' },
      { applicationName: 'web', deploymentGroupName: 'gone' },
    ];

    const [finding] = hooksOf([launchHook({ deploymentGroups: both })]);

    expect(finding?.problem).toBe('Somebody changed slipway-launch of blue: it names web/gone, which is no more.');
  });

  it('that name nothing but deployment groups which are no more are orphaned, and removed', () => {
    const findings = examine(anObservation({ autoScalingGroups: [anAutoScalingGroup({ hooks: [launchHook()] })] }));

    expect(findings).toMatchObject([
      { name: 'HookOrphaned', mend: { kind: 'remove', lifecycleHookName: 'slipway-launch' } },
    ]);
  });

  it('of our name that nobody can read are left for a person to decide upon, where nothing tells whose they are', () => {
    const hook = { ...launchHook(), notificationMetadata: 'mine' };

    const [finding] = examine(anObservation({ autoScalingGroups: [anAutoScalingGroup({ hooks: [hook] })] }));

    expect(finding).toMatchObject({ name: 'HookOrphaned' });
    expect(finding?.mend).toBeUndefined();
  });

  it('that hold an instance for us twice are duplicated, and the one of the other name is removed', () => {
    const copy = { ...launchHook(), lifecycleHookName: 'slipway-launch-2' };

    expect(hooksOf([copy, launchHook()])).toMatchObject([
      { name: 'HookDuplicated', mend: { kind: 'remove', lifecycleHookName: 'slipway-launch-2' } },
    ]);
  });

  it('that wait for less than two beats cannot fit', () => {
    const [finding] = hooksOf([launchHook({ heartbeatTimeoutSeconds: 300 })]);

    expect(finding).toMatchObject({
      name: 'HeartbeatTimeoutTooShort',
      mend: { kind: 'put', heartbeatTimeoutSeconds: 900 },
    });
  });

  it('of several deployment groups keep their order when they are mended', () => {
    const [worker, web] = [aGroup({ deploymentGroupName: 'worker' }), aGroup({ deploymentGroupName: 'web' })];
    const hook = launchHook({ deploymentGroups: [worker, web] });

    const [finding] = examine(
      anObservation({
        deploymentGroups: [web, worker],
        autoScalingGroups: [anAutoScalingGroup({ hooks: [{ ...hook, defaultResult: 'CONTINUE' }] })],
      }),
    );

    const inOrder = [{ deploymentGroupName: 'worker' }, { deploymentGroupName: 'web' }];
    expect(finding?.mend).toMatchObject({ deploymentGroups: inOrder });
  });
});

describe('delivery', () => {
  it('that is refused is what concerns everything, and comes first', () => {
    const findings = examine(
      anObservation({
        delivery: { kind: 'refused', message: 'Unable to publish test message' },
        autoScalingGroups: [anAutoScalingGroup({ hooks: [launchHook()] })],
      }),
    );

    expect(namesOf(findings)).toEqual(['DeliveryRefused', 'HookOrphaned']);
    expect(findings[0]?.remedy).toContain(HOOK_TARGET.hookRoleArn);
  });
});

describe('an Auto Scaling group', () => {
  const codeDeploys: ObservedHook = {
    lifecycleHookName: 'CodeDeploy-managed-automatic-launch-deployment-hook-web-1a2b',
    direction: 'launch',
    notificationTargetArn: 'arn:aws:sqs:us-east-1:999999999999:razorbill',
  };

  it('that AWS CodeDeploy deploys to as well is found', () => {
    expect(namesOf(hooksOf([launchHook(), codeDeploys]))).toEqual(['ServedByCodeDeploy']);
  });

  it('that AWS CodeDeploy alone deploys to is none of our business', () => {
    const findings = examine(anObservation({ autoScalingGroups: [anAutoScalingGroup({ hooks: [codeDeploys] })] }));

    expect(findings).toEqual([]);
  });

  it('that a deployment group names, and that is no more, is found', () => {
    const findings = examine(anObservation({ deploymentGroups: [apiGroup('green')] }));

    expect(findings).toMatchObject([{ name: 'AutoScalingGroupGone', autoScalingGroupName: 'green' }]);
  });
});

describe('an instance', () => {
  const revision = {
    RevisionType: 'S3',
    S3Location: { Bucket: 'revisions', Key: 'web-1.zip', BundleType: 'zip' },
  } as const;
  const findingsOn = (hosts: ReadonlyMap<string, { deployedBy: readonly string[]; isBusy: boolean }>, revised = true) =>
    examine(
      anObservation({
        deploymentGroups: [aGroup(revised ? { revision } : {})],
        autoScalingGroups: [
          anAutoScalingGroup({
            hooks: [launchHook()],
            instances: [
              anInstance({ instanceId: 'i-1' }),
              anInstance({ instanceId: 'i-2', lifecycleState: 'Pending:Wait' }),
            ],
          }),
        ],
        hosts,
      }),
    );

  it('in service that was never deployed to is found; one that still waits is not', () => {
    expect(findingsOn(new Map())).toMatchObject([{ name: 'InstanceNeverDeployedTo', instanceId: 'i-1' }]);
  });

  it.each([
    ['was deployed to', new Map([['i-1', { deployedBy: ['web/fleet'], isBusy: false }]]), true],
    ['is being deployed to', new Map([['i-1', { deployedBy: [], isBusy: true }]]), true],
    ['has nothing to be deployed to it', new Map(), false],
  ])('that %s is as it should be', (_, hosts, revised) => {
    expect(findingsOn(hosts, revised)).toEqual([]);
  });
});

describe('a deployment group', () => {
  it('whose launches are held is found, with the reason', () => {
    const launchGuard = { failing: [], heldGroups: ['blue'], version: 1 };

    const findings = hooksOf([launchHook()], aGroup({ launchGuard }));

    expect(findings).toMatchObject([
      {
        name: 'LaunchesHeld',
        problem: 'web/fleet launches no instances in blue.',
        remedy: 'Deploy a revision that works, or try this one again: slipway resume --application web --group fleet.',
      },
    ]);
  });
});
