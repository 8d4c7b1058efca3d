import { respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import { connectSecretParameter } from '../../adapters/parameter-store/secret-parameter.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the keys' custom resource on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_KEYS, SLIPWAY_KEYS_ENCRYPTION_KEY } = readEnvironment(environment, [
    'SLIPWAY_KEYS',
    'SLIPWAY_KEYS_ENCRYPTION_KEY',
  ]);
  return {
    keys: connectSecretParameter(SLIPWAY_KEYS, SLIPWAY_KEYS_ENCRYPTION_KEY),
    respond,
    telemetry: new PowertoolsTelemetry(),
    clock: Date.now,
  };
}
