import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { Credentials } from '../../agent/metadata/instance-credentials.ts';
import type { ConnectionValues } from './options.ts';
import { surroundings } from './surroundings.ts';

/** In whose name, and for which Region, this machine's AWS clients sign. */
export interface Signer {
  readonly region: string;
  /** Renewed before they expire. */
  credentials(): Promise<Credentials>;
}

/** Found as any AWS client finds them. @throws Error of the SDK where there are none */
export async function signer(values: ConnectionValues, env: NodeJS.ProcessEnv): Promise<Signer> {
  const { config } = new CodeDeployClient(surroundings(values, env).clients);
  const credentials = async (): Promise<Credentials> => {
    const { accessKeyId, secretAccessKey, sessionToken } = await config.credentials();
    return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  };
  await credentials(); // missing ones are told at the start, not to the first request
  return { region: await config.region(), credentials };
}
