import type { ZonalConfig } from './deployment-config.ts';
import { DeploymentConfigFault } from './deployment-config-fault.ts';
import { type MinimumHealthyHostsInput, readMinimumHealthyHosts } from './read-minimum-healthy-hosts.ts';

const CODE = 'InvalidZonalDeploymentConfigurationException';

/** A zonal configuration as a caller writes it; durations are seconds. */
export interface ZonalConfigInput {
  readonly firstZoneMonitorDurationInSeconds?: number | undefined;
  readonly monitorDurationInSeconds?: number | undefined;
  readonly minimumHealthyHostsPerZone?: MinimumHealthyHostsInput | undefined;
}

/** Reads a zonal configuration. @throws DeploymentConfigFault */
export function readZonalConfig(input: ZonalConfigInput): ZonalConfig {
  const { minimumHealthyHostsPerZone: minimum } = input;
  return {
    ...readDuration('firstZoneMonitorDurationInSeconds', input),
    ...readDuration('monitorDurationInSeconds', input),
    ...(minimum !== undefined && {
      minimumHealthyHostsPerZone: readMinimumHealthyHosts(minimum, 'minimumHealthyHostsPerZone', CODE),
    }),
  };
}

function readDuration(
  member: 'firstZoneMonitorDurationInSeconds' | 'monitorDurationInSeconds',
  { [member]: seconds }: ZonalConfigInput,
): Pick<ZonalConfig, typeof member> {
  if (seconds === undefined) return {};
  if (!Number.isInteger(seconds) || seconds < 0) {
    throw new DeploymentConfigFault(CODE, `${member} is ${seconds}, not a whole number of seconds from 0`);
  }
  return { [member]: seconds };
}
