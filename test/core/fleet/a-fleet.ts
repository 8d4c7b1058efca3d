import type { MinimumHealthyHosts } from '../../../core/deployment-configs/deployment-config.ts';

export const ONE_AT_A_TIME: MinimumHealthyHosts = { type: 'MOST_CONCURRENCY', value: 1 };
export const HALF_AT_A_TIME: MinimumHealthyHosts = { type: 'FLEET_PERCENT', value: 50 };
export const ALL_AT_ONCE: MinimumHealthyHosts = { type: 'HOST_COUNT', value: 0 };
export const keep = (value: number): MinimumHealthyHosts => ({ type: 'HOST_COUNT', value });
export const percent = (value: number): MinimumHealthyHosts => ({ type: 'FLEET_PERCENT', value });

/** Targets in zones, such as `aab`: one letter per target; `-` is outside of any zone. */
export function targetsIn(zones: string): readonly { readonly targetId: string; readonly zone: string | undefined }[] {
  return Array.from(zones, (zone, index) => ({ targetId: `i-${index}`, zone: zone === '-' ? undefined : zone }));
}
