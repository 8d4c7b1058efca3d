import type { Ending } from '../../core/fleet/ending.ts';
import type { TargetEnd } from '../../core/fleet/finish-target.ts';
import { effectOf, endingDue, isDrained, newPlaces, type Places } from '../../core/fleet/places.ts';
import type { Wave } from '../../core/fleet/waves.ts';
import { expiresAt, placesKey } from './keys.ts';
import type { Item, Table } from './table.ts';

/** The places of a fleet, and how to wake the lane that watches over them. */
export interface FleetPlaces extends Places {
  readonly isOver: boolean;
  /** Wakes the lane that watches the fleet. Opens a running execution: it stays out of logs. */
  readonly watchToken?: string;
}

/** Which targets of a fleet may be worked on. Every call may be repeated. */
export interface Fleets {
  /** Lays out the places, unless they are. */
  open(deploymentId: string, waves: readonly Wave[], mayBeDown: number): Promise<void>;
  places(deploymentId: string): Promise<FleetPlaces | undefined>;
  /** Lets the targets of a wave begin, once nothing of the one before waits or is in progress. */
  openWave(deploymentId: string, wave: number): Promise<'open' | 'over'>;
  /** Asks for a place. `taken`: the target may be worked on. `wait`: none is free. `over`: there will be none any more. */
  take(deploymentId: string, targetNumber: number): Promise<'taken' | 'wait' | 'over'>;
  /**
   * Takes what became of a target that had a place, and ends the fleet when too many are down for another to begin.
   * @returns the places as they are now
   */
  release(deploymentId: string, targetNumber: number, end: TargetEnd | 'GoneBefore'): Promise<FleetPlaces>;
  /** Lets nothing more begin. The first cause stands. @returns the places as they are now */
  end(deploymentId: string, ending: Ending): Promise<FleetPlaces>;
  /** Notes that the lane that watches has seen why the fleet ends, and has done what that asks for. */
  noteEndingSeen(deploymentId: string): Promise<void>;
  /** Closes the books. @returns the places as they were in the end */
  close(deploymentId: string): Promise<FleetPlaces | undefined>;
}

/**
 * The places of each fleet in one small item, changed under conditions of DynamoDB's own: nobody reads before he
 * writes, so that a thousand targets do not run into one another. The set of targets in progress makes every change
 * idempotent; it holds numbers, which take a fifth of the ids' room.
 *
 * The state machine itself writes `watchToken`: see `lib/machines/fleet-deployment.ts`.
 */
export class TableFleets implements Fleets {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async open(deploymentId: string, waves: readonly Wave[], mayBeDown: number): Promise<void> {
    const { inProgress, ...places } = newPlaces(waves, mayBeDown);
    void inProgress; // DynamoDB has no empty sets
    await this.#table.put(
      placesKey(deploymentId),
      { ...places, status: 'InProgress', expiresAt: expiresAt(this.#clock()) },
      { condition: 'attribute_not_exists(pk)' },
    );
  }

  async places(deploymentId: string): Promise<FleetPlaces | undefined> {
    const item = await this.#table.get(placesKey(deploymentId));
    return item && placesIn(item);
  }

  async openWave(deploymentId: string, wave: number): Promise<'open' | 'over'> {
    const places = await this.#existing(deploymentId);
    if (places.ending) return 'over';
    const next = places.waves[wave];
    if (wave <= places.openWave || !next) return 'open';
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update:
        'SET openWave = :wave, waveMayBeDown = :budget, waveDown = :none, waveFailed = :none, wavePending = :size',
      condition: 'openWave = :before AND attribute_not_exists(inProgress) AND attribute_not_exists(ending)',
      values: {
        ':wave': wave,
        ':before': wave - 1,
        ':budget': next.mayBeDown,
        ':size': next.size,
        ':none': 0,
      },
    });
    if (outcome !== 'refused') return 'open';
    const now = await this.#existing(deploymentId);
    if (now.ending) return 'over';
    if (now.openWave >= wave) return 'open';
    throw new WaveIsBusy(`Targets of wave ${now.openWave} of ${deploymentId} are still in progress`);
  }

  async take(deploymentId: string, targetNumber: number): Promise<'taken' | 'wait' | 'over'> {
    const before = await this.#existing(deploymentId);
    if (before.ending || before.isOver) return 'over';
    if (before.isUnlimited) return 'taken';
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update:
        'SET down = down + :one, waveDown = waveDown + :one, pending = pending - :one, wavePending = wavePending - :one ' +
        'ADD inProgress :numbers',
      condition:
        'down < mayBeDown AND waveDown < waveMayBeDown AND attribute_not_exists(ending) AND ' +
        '(attribute_not_exists(inProgress) OR NOT contains(inProgress, :number))',
      values: { ':one': 1, ':numbers': new Set([targetNumber]), ':number': targetNumber },
    });
    if (outcome !== 'refused') return 'taken';
    const { inProgress, ending } = await this.#existing(deploymentId);
    if (inProgress.has(targetNumber)) return 'taken';
    return ending ? 'over' : 'wait';
  }

  async release(deploymentId: string, targetNumber: number, end: TargetEnd | 'GoneBefore'): Promise<FleetPlaces> {
    const counter = effectOf(end);
    const isFailure = counter === 'failed';
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update:
        `SET ${counter} = ${counter} + :one, ` +
        (isFailure ? 'waveFailed = waveFailed + :one ' : 'down = down - :one, waveDown = waveDown - :one ') +
        'DELETE inProgress :numbers',
      condition: 'contains(inProgress, :number)',
      values: { ':one': 1, ':numbers': new Set([targetNumber]), ':number': targetNumber },
    });
    const places = outcome === 'refused' ? await this.#existing(deploymentId) : placesIn(outcome);
    const ending = places.ending || places.isUnlimited ? undefined : endingDue(places);
    return ending ? this.end(deploymentId, ending) : places;
  }

  async end(deploymentId: string, ending: Ending): Promise<FleetPlaces> {
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update: 'SET ending = :ending',
      condition: 'attribute_exists(pk) AND attribute_not_exists(ending)',
      values: { ':ending': ending },
    });
    return outcome === 'refused' ? this.#existing(deploymentId) : placesIn(outcome);
  }

  async noteEndingSeen(deploymentId: string): Promise<void> {
    await this.#table.update(placesKey(deploymentId), {
      update: 'SET endingSeen = :yes',
      condition: 'attribute_exists(ending)',
      values: { ':yes': true },
    });
  }

  async close(deploymentId: string): Promise<FleetPlaces | undefined> {
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update: 'SET #status = :over',
      condition: 'attribute_exists(pk)',
      names: { '#status': 'status' },
      values: { ':over': 'Over' },
    });
    return outcome === 'refused' ? undefined : placesIn(outcome);
  }

  async #existing(deploymentId: string): Promise<FleetPlaces> {
    const places = await this.places(deploymentId);
    if (!places) throw new Error(`The fleet deployment ${deploymentId} was never opened`);
    return places;
  }
}

/** A wave is to open while targets of the one before are in progress; the state is tried again. */
class WaveIsBusy extends Error {
  override readonly name = 'WaveIsBusy';
}

/** Whether the lane that watches has nothing left to wait for, and how to tell it. */
export function tokenToWake(places: FleetPlaces): string | undefined {
  return isDrained(places) ? places.watchToken : undefined;
}

function placesIn({ status, inProgress, ...places }: Item): FleetPlaces {
  return {
    ...(places as unknown as FleetPlaces),
    isOver: status === 'Over',
    inProgress: inProgress instanceof Set ? (inProgress as ReadonlySet<number>) : new Set(),
  };
}
