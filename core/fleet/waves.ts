import type { ServerDeploymentConfig, ZonalConfig } from '../deployment-configs/deployment-config.ts';
import { targetsThatMayBeDown } from './minimum-healthy-hosts.ts';

/** Targets that are deployed to before any of the next wave: those of one zone, or all. */
export interface Wave {
  /** The Availability Zone; missing where the config knows no zones, and for hosts outside of EC2. */
  readonly zone?: string;
  readonly size: number;
  /** Targets of this wave that may be down at once. The budget of the whole deployment holds besides. */
  readonly mayBeDown: number;
  /** How long to watch once the wave is over, before the next one begins. 0 after the last. */
  readonly monitorSeconds: number;
}

interface Placed {
  readonly zone?: string | undefined;
}

/**
 * The targets in waves, with the order within a zone kept. Zones come by name, for CodeDeploy states no order, and a
 * stable one can be foreseen; hosts outside of EC2 have none and come last, as if in a zone of their own.
 */
export function inWaves<T extends Placed>(targets: readonly T[], config: Pick<ServerDeploymentConfig, 'zonalConfig'>) {
  const zones = config.zonalConfig ? [...new Set(targets.map(({ zone }) => zone))].sort(byName) : [];
  const runs = zones.length > 0 ? zones.map((zone) => targets.filter((target) => target.zone === zone)) : [targets];
  return {
    ordered: runs.flat(),
    waves: runs.map((run, index) => waveOf(run, config.zonalConfig, index, index === runs.length - 1)),
  };
}

/** The number of a wave's first target. */
export function firstOf(waves: readonly Wave[], wave: number): number {
  return waves.slice(0, wave).reduce((sum, { size }) => sum + size, 0);
}

function waveOf(run: readonly Placed[], config: ZonalConfig | undefined, index: number, isLast: boolean): Wave {
  const zone = config && run[0]?.zone;
  const minimum = config?.minimumHealthyHostsPerZone ?? { type: 'FLEET_PERCENT', value: 0 };
  return {
    ...(zone !== undefined && { zone }),
    size: run.length,
    mayBeDown: targetsThatMayBeDown(run.length, minimum),
    monitorSeconds: isLast ? 0 : monitorSeconds(config, index),
  };
}

function monitorSeconds(config: ZonalConfig | undefined, index: number): number {
  const usual = config?.monitorDurationInSeconds ?? 0;
  return index === 0 ? (config?.firstZoneMonitorDurationInSeconds ?? usual) : usual;
}

function byName(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}
