import { expect, it } from 'vitest';
import { liveView } from '../../../cli/following/live-view.ts';
import type { Observation, ObservedTarget } from '../../../cli/following/observation.ts';

const plain = (_style: unknown, text: string): string => text;
const ROWS = 24;

function aTarget(targetId: string, status: string, events: Readonly<Record<string, string>>): ObservedTarget {
  return {
    targetId,
    status,
    lastUpdatedAt: undefined,
    events: Object.entries(events).map(([name, each]) => ({
      ...{ name, status: each },
      ...{ startTime: undefined, endTime: undefined, diagnostics: undefined },
    })),
  };
}

function observing(...targets: readonly ObservedTarget[]): Observation {
  return {
    deployment: {
      deploymentId: 'd-ABCDEF123',
      applicationName: 'web',
      deploymentGroupName: 'web-fleet',
      status: 'InProgress',
      startTime: new Date(0),
      deploymentOverview: { Succeeded: 2, Failed: 1, InProgress: targets.length, Pending: 5 - targets.length },
    },
    targets: new Map(targets.map((target) => [target.targetId, target])),
  };
}

it('shows how far the deployment is, and where each host at work is', () => {
  const events = {
    BlockTraffic: 'Succeeded',
    ApplicationStop: 'Failed',
    Install: 'InProgress',
    ApplicationStart: 'Pending',
  };
  const view = liveView(observing(aTarget('i-0a1', 'InProgress', events)), 62_000, ROWS, plain);

  expect(view).toEqual([
    'd-ABCDEF123  web/web-fleet  InProgress  1:02',
    '██████' + '███' + '░'.repeat(15) + '  2 succeeded, 1 failed, 1 in progress, 4 pending',
    '  i-0a1  Install               ● ✗ ◐ ○',
  ]);
});

it('leaves settled hosts to the lines above', () => {
  expect(liveView(observing(aTarget('i-0a1', 'Succeeded', {})), 0, ROWS, plain)).toHaveLength(2);
});

it('never grows beyond the screen', () => {
  const many = Array.from({ length: 40 }, (_, at) => aTarget(`i-${at}`, 'InProgress', { Install: 'InProgress' }));

  const view = liveView(observing(...many), 0, 10, plain);

  expect(view).toHaveLength(7);
  expect(view.at(-1)).toBe('  … and 36 more at work');
});
