import { expect, it } from 'vitest';

import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import { examine } from '../../../core/doctor/examine.ts';
import type { ObservedSharer } from '../../../core/doctor/observation.ts';
import { anAutoScalingGroup, anObservation, apiGroup, aGroup, launchHook } from './builders.ts';

const web = { applicationName: 'web', deploymentGroupName: 'fleet' };
const monitor = { applicationName: 'monitor', deploymentGroupName: 'fleet' };
const shares = (group: typeof web): ObservedSharer => ({ ...group, directions: ['launch'] });
const onBlue = (group: typeof web): DeploymentGroup => ({ ...apiGroup('blue'), ...group });

/** What is found where the hook names these, these are on record, and these want it. */
const found = (
  named: readonly (typeof web)[],
  recorded: readonly ObservedSharer[],
  owners: readonly DeploymentGroup[],
) =>
  examine(
    anObservation({
      deploymentGroups: owners,
      sharing: new Map([['blue', recorded]]),
      autoScalingGroups: [anAutoScalingGroup({ hooks: [launchHook({ deploymentGroups: named })] })],
    }),
  );

it('is silent where the hook, the record and the deployment groups agree', () => {
  expect(found([web, monitor], [shares(web), shares(monitor)], [onBlue(web), onBlue(monitor)])).toEqual([]);
});

it('does not ask templates for a record', () => {
  expect(found([web], [], [aGroup()])).toEqual([]);
});

it('finds a hook whose order is another than that on record, and mends it by the record', () => {
  const findings = found([monitor, web], [shares(web), shares(monitor)], [onBlue(monitor), onBlue(web)]);

  expect(findings).toMatchObject([
    {
      name: 'HooksOutOfStep',
      problem:
        'A change of who shares the hooks of blue broke off, or is under way: its launch hook has the order monitor/fleet, web/fleet, ' +
        'and on record is web/fleet, monitor/fleet.',
      mend: { kind: 'share', sharers: [shares(web), shares(monitor)] },
    },
  ]);
});

it('finds a hook that still names who has left', () => {
  const elsewhere = { ...apiGroup('green'), ...monitor };

  const findings = found([web, monitor], [shares(web)], [onBlue(web), elsewhere]);

  expect(findings.filter(({ autoScalingGroupName }) => autoScalingGroupName === 'blue')).toMatchObject([
    { name: 'HooksOutOfStep', mend: { kind: 'share', sharers: [shares(web)] } },
  ]);
  expect(findings[0]?.problem).toContain('its launch hook names monitor/fleet, which wants none');
});

it('finds a place on record that nobody wants, which the next change would write into the hook', () => {
  const [finding] = found([web], [shares(web), shares(monitor)], [onBlue(web)]);

  expect(finding).toMatchObject({
    name: 'HooksOutOfStep',
    mend: { kind: 'share', sharers: [shares(web)], unwanted: [shares(monitor)] },
  });
  expect(finding?.problem).toContain('monitor/fleet has a place on record in its launch hook and wants none');
});

it('finds a deployment group that is not on record, which the next change would drop', () => {
  const [finding] = found([web], [], [onBlue(web)]);

  expect(finding).toMatchObject({ name: 'HooksOutOfStep', mend: { kind: 'share', sharers: [shares(web)] } });
});

it('clears the record alone where no deployment group of the API is left', () => {
  const findings = found([web], [shares(monitor)], [aGroup()]);

  expect(findings).toMatchObject([
    { name: 'HooksOutOfStep', mend: { kind: 'share', sharers: [], unwanted: [shares(monitor)] } },
  ]);
});
