import { respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import { connectSecretParameter } from '../../adapters/parameter-store/secret-parameter.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the keys' custom resource on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_KEYS } = readEnvironment(environment, ['SLIPWAY_KEYS']);
  return {
    keys: connectSecretParameter(SLIPWAY_KEYS),
    respond,
    telemetry: new PowertoolsTelemetry(),
    clock: Date.now,
  };
}
