import type { Happening } from '../faults/fault.ts';
import type { Lots } from '../lots.ts';

/** Moments at which something else may happen, by kind: each is where a race would show. */
const EDGES = {
  'at the edge of a wave': ['openFleet', 'openZone', 'closeFleet', 'endFleet', 'lookAfterFleet'],
  'at a step of a deployment': [
    ...['openDeployment', 'runEvents', 'goOnToNext', 'settleDeployment', 'settleAndRelease'],
    ...['completeLifecycleAction', 'BlockTraffic', 'AllowTraffic'],
  ],
  'at a lifecycle event': [
    ...['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install', 'AfterInstall', 'ApplicationStart'],
    ...['ValidateService', 'BeforeBlockTraffic', 'AfterBlockTraffic', 'BeforeAllowTraffic', 'AfterAllowTraffic'],
  ],
} as const;

const KINDS = ['at the edge of a wave', 'at a step of a deployment', 'at a lifecycle event'] as const;

/** What kind of moment it was that something happened at. */
export type EdgeKind = keyof typeof EDGES;

/** One moment to wait for: the `times`th time that it comes. */
export interface Edge {
  readonly kind: EdgeKind;
  readonly name: string;
  readonly times: number;
}

/** What changes the members of a fleet meets waves more often than the rest does. */
const RESIZES: readonly Happening[] = ['scale-out', 'scale-in', 'zone rebalanced'];

export function edgeFrom(lots: Lots, happening: Happening): Edge {
  const isOfWaves = RESIZES.includes(happening) && lots.chance(0.6);
  const kind = isOfWaves ? 'at the edge of a wave' : lots.pick(KINDS);
  const [first, ...others]: readonly string[] = EDGES[kind];
  return {
    kind,
    name: lots.pick([first ?? '', ...others]),
    times: lots.between(1, kind === 'at the edge of a wave' ? 2 : 4),
  };
}

/** Tells whoever waits for a moment that it has come, and at which instance. */
export class Edges {
  readonly #waiting = new Set<{ readonly name: string; left: number; act(instanceId?: string): void }>();

  /** Waits for a moment; where it never comes, nothing happens. */
  at({ name, times }: Edge, act: (instanceId?: string) => void): void {
    this.#waiting.add({ name, left: times, act });
  }

  /** @param instanceId missing where the moment is a whole fleet's */
  pass(name: string, instanceId?: string): void {
    for (const waiting of this.#waiting) {
      if (waiting.name !== name || (waiting.left -= 1) > 0) continue;
      this.#waiting.delete(waiting);
      waiting.act(instanceId);
    }
  }

  /** From now on nobody waits. */
  cease(): void {
    this.#waiting.clear();
  }
}
