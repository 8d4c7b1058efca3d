import { expect, it } from 'vitest';

import { judgeDepartures } from '../../../chaos/verdict/departures.ts';
import type { Ended } from '../../../chaos/verdict/ended.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { anInPlaceRequest, aTarget, aTermination } from '../../lambdas/doubles/builders.ts';

const farewell = aTarget({ request: aTermination(), openedAt: '2026-05-04T12:05:00.000Z' });

const judged = (status: LifecycleEvent['status'], settledAt: string) => {
  const lifecycleEvents = [{ lifecycleEventName: 'Install', status } as const];
  const failed = aTarget({ request: anInPlaceRequest(), status: 'Failed', lifecycleEvents, settledAt });
  return judgeDepartures({ records: { targets: [failed, farewell] } } as unknown as Ended);
};

it('complains of a deployment that failed in silence on a host that had long begun to leave', () => {
  expect(judged('Unknown', '2026-05-04T12:11:00.000Z')).toEqual([
    expect.stringContaining('failed, though the host was leaving with'),
  ]);
});

it.each([
  ['whose script had failed', 'Failed', '2026-05-04T12:11:00.000Z'],
  ['on a host that had only just begun to leave', 'Unknown', '2026-05-04T12:06:00.000Z'],
] as const)('is content with one %s', (_, status, settledAt) => {
  expect(judged(status, settledAt)).toEqual([]);
});
