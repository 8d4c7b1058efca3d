import { expect, it } from 'vitest';

import { type Edge, Edges } from '../../../chaos/life/edges.ts';

const INSTALL: Edge = { kind: 'at a lifecycle event', name: 'Install', times: 2 };

it('lets something happen at the moment that was named, once, and to the instance at hand', () => {
  const edges = new Edges();
  const happened: (string | undefined)[] = [];
  edges.at(INSTALL, (instanceId) => happened.push(instanceId));

  for (const instanceId of ['i-1', 'i-2', 'i-3']) edges.pass('Install', instanceId);
  edges.pass('AfterInstall', 'i-4');

  expect(happened).toEqual(['i-2']);
});

it('lets nothing happen any more once the faults have ceased', () => {
  const edges = new Edges();
  const happened: unknown[] = [];
  edges.at({ ...INSTALL, times: 1 }, (instanceId) => happened.push(instanceId));

  edges.cease();
  edges.pass('Install', 'i-1');

  expect(happened).toEqual([]);
});
