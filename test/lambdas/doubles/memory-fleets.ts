import type { FleetPlaces, Fleets } from '../../../adapters/table/fleet-places.ts';
import { effectOf, endingDue, newPlaces } from '../../../core/fleet/places.ts';

/** Places of fleets without DynamoDB: the same port, for one caller at a time. */
export class MemoryFleets implements Fleets {
  readonly items = new Map<string, FleetPlaces>();

  open: Fleets['open'] = (deploymentId, waves, mayBeDown) => {
    if (!this.items.has(deploymentId)) {
      this.items.set(deploymentId, { ...newPlaces(waves, mayBeDown), isOver: false });
    }
    return Promise.resolve();
  };

  places: Fleets['places'] = (deploymentId) => Promise.resolve(this.items.get(deploymentId));

  openWave: Fleets['openWave'] = (deploymentId, openWave) => {
    const places = this.#existing(deploymentId);
    if (places.ending) return Promise.resolve('over');
    const wave = places.waves[openWave];
    if (wave && openWave > places.openWave) {
      const { mayBeDown: waveMayBeDown, size: wavePending } = wave;
      this.#change(deploymentId, { openWave, waveMayBeDown, wavePending, waveDown: 0, waveFailed: 0 });
    }
    return Promise.resolve('open');
  };

  take: Fleets['take'] = (deploymentId, targetNumber) => {
    const places = this.#existing(deploymentId);
    const { down, waveDown, inProgress, pending, wavePending } = places;
    if (places.ending || places.isOver) return Promise.resolve('over');
    if (places.isUnlimited || inProgress.has(targetNumber)) return Promise.resolve('taken');
    if (down >= places.mayBeDown || waveDown >= places.waveMayBeDown) return Promise.resolve('wait');
    this.#change(deploymentId, {
      down: down + 1,
      waveDown: waveDown + 1,
      pending: pending - 1,
      wavePending: wavePending - 1,
      inProgress: new Set([...inProgress, targetNumber]),
    });
    return Promise.resolve('taken');
  };

  release: Fleets['release'] = async (deploymentId, targetNumber, end) => {
    const { inProgress, down, waveDown, waveFailed, ...places } = this.#existing(deploymentId);
    if (inProgress.has(targetNumber)) {
      const counter = effectOf(end);
      this.#change(deploymentId, {
        [counter]: places[counter] + 1,
        ...(counter === 'failed' ? { waveFailed: waveFailed + 1 } : { down: down - 1, waveDown: waveDown - 1 }),
        inProgress: new Set([...inProgress].filter((number) => number !== targetNumber)),
      });
    }
    const now = this.#existing(deploymentId);
    const ending = now.ending ?? (now.isUnlimited ? undefined : endingDue(now));
    return ending ? this.end(deploymentId, ending) : now;
  };

  end: Fleets['end'] = (deploymentId, ending) => {
    const places = this.#existing(deploymentId);
    return Promise.resolve(places.ending ? places : this.#change(deploymentId, { ending }));
  };

  noteEndingSeen: Fleets['noteEndingSeen'] = () => Promise.resolve();

  close: Fleets['close'] = (deploymentId) =>
    Promise.resolve(this.items.has(deploymentId) ? this.#change(deploymentId, { isOver: true }) : undefined);

  #existing(deploymentId: string): FleetPlaces {
    const places = this.items.get(deploymentId);
    if (!places) throw new Error(`The fleet deployment ${deploymentId} was never opened`);
    return places;
  }

  #change(deploymentId: string, changes: Partial<FleetPlaces>): FleetPlaces {
    const changed = { ...this.#existing(deploymentId), ...changes };
    this.items.set(deploymentId, changed);
    return changed;
  }
}
