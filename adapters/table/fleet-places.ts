import type { Ending } from '../../core/fleet/ending.ts';
import {
  effectOf,
  endingDue,
  isDrained,
  newPlaces,
  numbersOf,
  type Places,
  type Turn,
  turnOf,
} from '../../core/fleet/places.ts';
import type { TargetEnd } from '../../core/fleet/target-state.ts';
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
  /** Lets the targets of a wave begin, once nothing of the one before is in progress. Whoever still waits there is lost. */
  openWave(deploymentId: string, wave: number): Promise<'open' | 'over'>;
  /** Asks for a place. */
  take(deploymentId: string, targetNumber: number): Promise<Turn>;
  /**
   * Takes what became of a target, once, and ends the fleet when too many are down for another to begin.
   * @returns the places as they are now
   */
  release(deploymentId: string, targetNumber: number, end: TargetEnd): Promise<FleetPlaces>;
  /** Lets nothing more begin. The first cause stands, and none counts once the books are closed. @returns the places as they are now */
  end(deploymentId: string, ending: Ending): Promise<FleetPlaces>;
  /** Notes that the lane that watches has seen why the fleet ends, and has done what that asks for. */
  noteEndingSeen(deploymentId: string): Promise<void>;
  /** Closes the books. @returns the places as they were in the end */
  close(deploymentId: string): Promise<FleetPlaces | undefined>;
}

/**
 * The places of each fleet in one small item, changed under conditions of DynamoDB's own: nobody reads before he
 * writes, so that a thousand targets do not run into one another. A target is in the set of those that wait, then in
 * that of those in progress, then in neither, which is what makes every change happen once, however often and however
 * late it is asked for. The sets hold numbers, which take a fifth of the ids' room.
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
    const { inProgress, waiting, ...places } = newPlaces(waves, mayBeDown);
    void inProgress; // DynamoDB has no empty sets
    await this.#table.put(
      placesKey(deploymentId),
      {
        ...places,
        ...(waiting.size > 0 && { waiting }),
        status: 'InProgress',
        expiresAt: expiresAt(this.#clock()),
      },
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
    const { waiting: lost } = places;
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update:
        'SET openWave = :wave, waveMayBeDown = :budget, waveDown = :none, waveFailed = :none, waiting = :waiting, ' +
        'failed = failed + :lost, down = down + :lost',
      condition:
        'openWave = :before AND attribute_not_exists(inProgress) AND attribute_not_exists(ending) AND ' +
        (lost.size === 0 ? 'attribute_not_exists(waiting)' : 'waiting = :lostOnes'),
      values: {
        ':wave': wave,
        ':before': wave - 1,
        ':budget': next.mayBeDown,
        ':waiting': numbersOf(places.waves, wave),
        ':none': 0,
        ':lost': lost.size,
        ...(lost.size > 0 && { ':lostOnes': lost }),
      },
    });
    const now = outcome === 'refused' ? await this.#existing(deploymentId) : placesIn(outcome);
    if (now.openWave < wave && !now.ending)
      throw new WaveIsBusy(`Targets of wave ${now.openWave} of ${deploymentId} are still in progress`);
    return (await this.#endIfDue(deploymentId, now)).ending ? 'over' : 'open';
  }

  async take(deploymentId: string, targetNumber: number): Promise<Turn> {
    const before = await this.#existing(deploymentId);
    if (before.ending || before.isOver) return 'over';
    if (before.isUnlimited) return 'taken';
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update: 'SET down = down + :one, waveDown = waveDown + :one ADD inProgress :numbers DELETE waiting :numbers',
      condition:
        'down < mayBeDown AND waveDown < waveMayBeDown AND attribute_not_exists(ending) AND contains(waiting, :number)',
      values: { ':one': 1, ...oneOf(targetNumber) },
    });
    return outcome === 'refused' ? turnOf(await this.#existing(deploymentId), targetNumber) : 'taken';
  }

  async release(deploymentId: string, targetNumber: number, end: TargetEnd): Promise<FleetPlaces> {
    const given = await this.#giveBack(deploymentId, targetNumber, end);
    const now = given === 'refused' ? await this.#existing(deploymentId) : placesIn(given);
    // It broke off before it had a place: then it waits no longer for one.
    const gone = now.waiting.has(targetNumber) ? await this.#giveUp(deploymentId, targetNumber, end) : 'refused';
    return this.#endIfDue(deploymentId, gone === 'refused' ? now : placesIn(gone));
  }

  #giveBack(deploymentId: string, targetNumber: number, end: TargetEnd): Promise<Item | 'refused'> {
    const counter = effectOf(end);
    return this.#table.update(placesKey(deploymentId), {
      update:
        `SET ${counter} = ${counter} + :one, ` +
        (counter === 'failed' ? 'waveFailed = waveFailed + :one ' : 'down = down - :one, waveDown = waveDown - :one ') +
        'DELETE inProgress :numbers',
      condition: 'contains(inProgress, :number)',
      values: { ':one': 1, ...oneOf(targetNumber) },
    });
  }

  #giveUp(deploymentId: string, targetNumber: number, end: TargetEnd): Promise<Item | 'refused'> {
    const counter = effectOf(end);
    return this.#table.update(placesKey(deploymentId), {
      update:
        `SET ${counter} = ${counter} + :one` +
        (counter === 'failed'
          ? ', waveFailed = waveFailed + :one, down = down + :one, waveDown = waveDown + :one'
          : '') +
        ' DELETE waiting :numbers',
      // Once the fleet is ending, whoever waits is skipped, and counts for nothing.
      condition: 'contains(waiting, :number) AND attribute_not_exists(ending)',
      values: { ':one': 1, ...oneOf(targetNumber) },
    });
  }

  async #endIfDue(deploymentId: string, places: FleetPlaces): Promise<FleetPlaces> {
    const ending = places.ending ? undefined : endingDue(places);
    return ending ? this.end(deploymentId, ending) : places;
  }

  async end(deploymentId: string, ending: Ending): Promise<FleetPlaces> {
    const outcome = await this.#table.update(placesKey(deploymentId), {
      update: 'SET ending = :ending',
      condition: '#status = :open AND attribute_not_exists(ending)',
      names: { '#status': 'status' },
      values: { ':ending': ending, ':open': 'InProgress' },
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

function oneOf(targetNumber: number) {
  return { ':numbers': new Set([targetNumber]), ':number': targetNumber };
}

/** What an item says of the places of a fleet. */
export function placesIn({ status, inProgress, waiting, ...places }: Item): FleetPlaces {
  return {
    ...(places as unknown as FleetPlaces),
    isOver: status === 'Over',
    inProgress: setIn(inProgress),
    waiting: setIn(waiting),
  };
}

/** DynamoDB has no empty sets. */
function setIn(attribute: unknown): ReadonlySet<number> {
  return attribute instanceof Set ? (attribute as ReadonlySet<number>) : new Set();
}
