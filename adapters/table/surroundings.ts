import type { DeploymentGroup } from '../../core/deployment-group.ts';
import { groupOf, placeOf, targetIdOf, type TargetRequest } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import { groupIn } from './deployment-groups.ts';
import { type FleetPlaces, placesIn } from './fleet-places.ts';
import { type Host, hostIn } from './hosts.ts';
import { deploymentGroupKey, hostKey, type Key, placesKey, targetKey } from './keys.ts';
import type { Item, Table } from './table.ts';
import { targetIn } from './targets.ts';

/** What a step on a target looks at before it does anything; each is undefined where there is no record of it. */
export interface Surroundings {
  /** The record under the id of the request: perhaps another request's. */
  readonly target?: Target | undefined;
  readonly host?: Host | undefined;
  readonly group?: DeploymentGroup | undefined;
  /** Of the fleet that the target is one of. */
  readonly places?: FleetPlaces | undefined;
}

/** Reads all of it in one call: a step waits once, and DynamoDB is asked once. */
export interface TargetSurroundings {
  of(request: TargetRequest): Promise<Surroundings>;
}

/** The same, from the records of the table. */
export class TableSurroundings implements TargetSurroundings {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async of(request: TargetRequest): Promise<Surroundings> {
    const { instanceId } = request;
    const [name, place] = [groupOf(request), placeOf(request)];
    const [target, host, group, places] = await this.#read([
      targetKey(targetIdOf(request)),
      hostKey(instanceId),
      name && deploymentGroupKey(name),
      place && placesKey(place.deploymentId),
    ]);
    return {
      target: target && targetIn(target),
      host: host && hostIn(instanceId, host),
      group: group && groupIn(group),
      places: places && placesIn(places),
    };
  }

  /** @returns in the order of the keys, and nothing for those there are none of */
  async #read(keys: readonly (Key | undefined)[]): Promise<readonly (Item | undefined)[]> {
    const items = [...(await this.#table.getAll(keys.filter((key) => key !== undefined)))];
    return keys.map((key) => key && items.shift());
  }
}
