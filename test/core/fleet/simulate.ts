import type { MinimumHealthyHosts, ZonalConfig } from '../../../core/deployment-configs/deployment-config.ts';
import { beginTarget } from '../../../core/fleet/begin-target.ts';
import { nextTargets } from '../../../core/fleet/budget.ts';
import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import { endFleet } from '../../../core/fleet/end-fleet.ts';
import { finishTarget, type TargetEnd } from '../../../core/fleet/finish-target.ts';
import { type FleetProgress, statesOf } from '../../../core/fleet/fleet-progress.ts';
import { afterWave, openWave } from '../../../core/fleet/next-wave.ts';
import { verdictOf } from '../../../core/fleet/verdict.ts';

/** A fleet, what will become of each of its targets, and how restless its surroundings are. */
export interface Scenario {
  /** A letter per target, `-` outside of any zone. */
  readonly zones: string;
  readonly minimumHealthyHosts: MinimumHealthyHosts;
  readonly zonalConfig: ZonalConfig | undefined;
  /** Of a hundred targets in progress: how many fail, never answer, or lose their host. */
  readonly failing: number;
  readonly unreachable: number;
  readonly leaving: number;
  /** Of a thousand moments: at how many a host leaves that waits, and a user stops the deployment. */
  readonly scaleIn: number;
  readonly stopping: number;
  /** Decides everything that is left to chance. */
  readonly seed: number;
}

/** What happened, in the words of somebody who watched. */
export interface Watched {
  readonly progress: FleetProgress;
  /** Targets in the order in which they began. */
  readonly begun: readonly number[];
  readonly outcomes: ReadonlyMap<number, TargetEnd>;
  readonly stopped: boolean;
}

/**
 * Plays a fleet deployment: children ask to begin in any order and more than once, finish in any order, report twice
 * and late; hosts leave; waves are opened twice and out of turn.
 * @param watch sees every change
 * @throws Error when the deployment does not end
 */
export function simulate(
  opened: FleetProgress,
  scenario: Scenario,
  watch: (before: FleetProgress, after: FleetProgress) => void,
): Watched {
  const random = mulberry32(scenario.seed);
  const any = (below: number) => Math.floor(random() * below);
  const begun: number[] = [];
  const outcomes = new Map<number, TargetEnd>();
  let progress = opened;
  let stopped = false;

  const become = (after: FleetProgress | 'unchanged'): boolean => {
    if (after === 'unchanged') return false;
    watch(progress, after);
    progress = after;
    return true;
  };
  const begin = (target: number) => {
    const turn = beginTarget(progress, target);
    if (turn.kind === 'begin' && become(turn.progress)) begun.push(target);
  };
  const finish = (target: number, outcome: TargetEnd) => {
    if (become(finishTarget(progress, target, outcome))) outcomes.set(target, outcome);
  };
  const fate = (): TargetEnd => {
    const lot = any(100) - scenario.failing;
    if (lot < 0) return 'Failed';
    if (lot < scenario.unreachable) return 'Unreachable';
    return lot < scenario.unreachable + scenario.leaving ? 'Gone' : 'Succeeded';
  };

  const size = scenario.zones.length;
  for (let moment = 0; verdictOf(progress) === undefined; moment += 1) {
    if (moment > 200 + size * 100) throw new Error(`No end after ${moment} moments: ${JSON.stringify(progress)}`);
    const working = begun.filter((target) => !outcomes.has(target));
    const next = afterWave(progress);
    const lot = any(1_000);
    if (lot < scenario.stopping) stopped = become(endFleet(progress, stoppedByRequest())) || stopped;
    else if (lot < scenario.stopping + scenario.scaleIn) finish(any(size), begun.length > 0 ? 'Gone' : 'Succeeded');
    else if (lot < 200) begin(any(size));
    else if (lot < 250) finish(any(size), working.length === 0 ? 'Failed' : fate());
    else if (lot < 300) become(openWave(progress, any(progress.waves.length + 1)));
    else if (next.kind === 'monitor') become(openWave(progress, next.nextWave));
    else if (lot < 650)
      nextTargets(progress)
        .slice(0, 1 + any(5))
        .forEach(begin);
    else
      working
        .slice(any(working.length))
        .slice(0, 1 + any(5))
        .forEach((target) => finish(target, fate()));
  }
  return { progress, begun, outcomes, stopped };
}

/** The states of the targets in each zone. */
export function byWave(progress: FleetProgress): readonly (readonly string[])[] {
  const states = statesOf(progress);
  let start = 0;
  return progress.waves.map(({ size }) => states.slice(start, (start += size)));
}

/** Small, fast and the same everywhere: Tommy Ettinger's generator. From 0 to below 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
