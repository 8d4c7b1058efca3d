import type { ComputePlatform, TrafficRoutingConfig } from './deployment-config.ts';
import { DeploymentConfigFault } from './deployment-config-fault.ts';

/** Traffic routing as a caller writes it; percentages of the traffic, intervals in minutes. */
export interface TrafficRoutingInput {
  readonly type?: string | undefined;
  readonly timeBasedCanary?:
    | {
        readonly canaryPercentage?: number | undefined;
        readonly canaryInterval?: number | undefined;
      }
    | undefined;
  readonly timeBasedLinear?:
    | {
        readonly linearPercentage?: number | undefined;
        readonly linearInterval?: number | undefined;
      }
    | undefined;
}

const MOST_PERCENT = 99;
const LONGEST_SHIFT_MINUTES = 2_880;

/** Reads how traffic is to move. A type carries its own block and no other. @throws DeploymentConfigFault */
export function readTrafficRouting(
  input: TrafficRoutingInput | undefined,
  computePlatform: ComputePlatform,
): TrafficRoutingConfig {
  const { type, timeBasedCanary, timeBasedLinear } = input ?? {};
  switch (type) {
    case undefined:
      throw fault(`For the compute platform ${computePlatform}, trafficRoutingConfig must be specified, with a type`);
    case 'AllAtOnce':
      refuse({ timeBasedCanary, timeBasedLinear }, type);
      return { type };
    case 'TimeBasedCanary':
      refuse({ timeBasedLinear }, type);
      return { type, timeBasedCanary: readCanary(timeBasedCanary) };
    case 'TimeBasedLinear':
      refuse({ timeBasedCanary }, type);
      return { type, timeBasedLinear: readLinear(timeBasedLinear) };
    default:
      throw fault(`The traffic routing type ${type} is none of AllAtOnce, TimeBasedCanary, TimeBasedLinear`);
  }
}

function readCanary(block: TrafficRoutingInput['timeBasedCanary']) {
  return {
    canaryPercentage: within('canaryPercentage', block?.canaryPercentage, MOST_PERCENT),
    canaryInterval: within('canaryInterval', block?.canaryInterval, LONGEST_SHIFT_MINUTES),
  };
}

/** CodeDeploy counts one interval more than a linear shift waits: 50 % every 1,441 minutes is already too long. */
function readLinear(block: TrafficRoutingInput['timeBasedLinear']) {
  const linearPercentage = within('linearPercentage', block?.linearPercentage, MOST_PERCENT);
  const steps = Math.floor(100 / linearPercentage);
  const longest = Math.floor(LONGEST_SHIFT_MINUTES / steps);
  return { linearPercentage, linearInterval: within('linearInterval', block?.linearInterval, longest) };
}

function within(member: string, value: number | undefined, most: number): number {
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > most) {
    throw fault(`${member} must be a whole number from 1 to ${most}, not ${value ?? 'left out'}`);
  }
  return value;
}

function refuse(blocks: Readonly<Record<string, unknown>>, type: string): void {
  const surplus = Object.keys(blocks).find((name) => blocks[name] !== undefined);
  if (surplus !== undefined) throw fault(`${surplus} can not be specified with the traffic routing type ${type}`);
}

function fault(message: string): DeploymentConfigFault {
  return new DeploymentConfigFault('InvalidTrafficRoutingConfigurationException', message);
}
