import type { MinimumHealthyHostsPerZone } from './deployment-config.ts';
import { DeploymentConfigFault, type DeploymentConfigFaultCode } from './deployment-config-fault.ts';

/** Hosts that must stay healthy, as a caller writes them. */
export interface MinimumHealthyHostsInput {
  readonly type?: string | undefined;
  readonly value?: number | undefined;
}

/**
 * Reads a minimum that somebody sets: `HOST_COUNT` from 0, or `FLEET_PERCENT` from 0 to 99, for with 100 percent of the
 * hosts healthy none could be worked on.
 * @param member where it stands, for the message
 * @throws DeploymentConfigFault with the given code
 */
export function readMinimumHealthyHosts(
  input: MinimumHealthyHostsInput | undefined,
  member: string,
  code: DeploymentConfigFaultCode,
): MinimumHealthyHostsPerZone {
  const { type, value } = input ?? {};
  if (type === undefined || value === undefined) {
    throw new DeploymentConfigFault(code, `${member} must be specified, with a type and a value`);
  }
  if (type !== 'HOST_COUNT' && type !== 'FLEET_PERCENT') {
    throw new DeploymentConfigFault(code, `The type ${type} of ${member} is neither HOST_COUNT nor FLEET_PERCENT`);
  }
  if (!Number.isInteger(value) || value < 0) {
    throw new DeploymentConfigFault(code, `The value ${value} of ${member} is not a whole number from 0`);
  }
  if (type === 'FLEET_PERCENT' && value > 99) {
    throw new DeploymentConfigFault(code, `The value ${value} of ${member} is above 99 percent`);
  }
  return { type, value };
}
