import { expect, it } from 'vitest';

import type { ExaminationPorts } from '../../../api/examination/observe.ts';
import { examineDaily } from '../../../lambdas/doctor/examine-daily.ts';
import { anAutoScalingGroup, HOOK_TARGET, launchHook } from '../../core/doctor/builders.ts';
import { RecordedTelemetry } from '../doubles/recorded-engine.ts';

const accountWith = (hooks: Parameters<typeof anAutoScalingGroup>[0]): ExaminationPorts => ({
  applications: { names: () => Promise.resolve({ items: [], last: undefined }) } as never,
  namedGroups: {} as never,
  deploymentList: {} as never,
  fleetTargets: {} as never,
  hosts: {} as never,
  hookSharers: { of: () => Promise.resolve({ sharers: [], version: 0 }), save: () => Promise.resolve('refused') },
  hookTarget: HOOK_TARGET,
  groupSurvey: {
    groups: () => Promise.resolve([anAutoScalingGroup(hooks)]),
    tryDelivery: () => Promise.resolve({ kind: 'works' }),
    removeHook: () => Promise.reject(new Error('The daily examination changes nothing')),
  },
});

it('counts and tells each finding of the day', async () => {
  const telemetry = new RecordedTelemetry();

  const outcome = await examineDaily(accountWith({ hooks: [launchHook()] }), telemetry);

  expect(outcome).toEqual({ findings: 1 });
  expect(telemetry.counts).toEqual(['DoctorFindings']);
  expect(telemetry.lines).toMatchObject([{ fields: { name: 'HookOrphaned', autoScalingGroupName: 'blue' } }]);
});

it('is silent where all is well', async () => {
  const telemetry = new RecordedTelemetry();

  await examineDaily(accountWith({}), telemetry);

  expect([telemetry.counts, telemetry.lines]).toEqual([[], []]);
});
