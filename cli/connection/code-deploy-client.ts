import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { CodeDeployClientConfig } from '@aws-sdk/client-codedeploy';

export interface SlipwayClientConfig extends Omit<CodeDeployClientConfig, 'endpoint' | 'httpAuthSchemeProvider'> {
  /** The function URL of the engine's API: output `ApiUrl` of its stack, SSM parameter `/slipway/api-url`. */
  readonly apiUrl: string;
}

/**
 * A client of AWS's SDK for CodeDeploy that speaks to a Slipway engine. A function URL verifies who calls by signatures
 * for the service `lambda`, where CodeDeploy's clients sign for `codedeploy`; nothing else differs. Region and
 * credentials are found as any client finds them, unless given.
 */
export function codeDeployClient({ apiUrl, ...config }: SlipwayClientConfig): CodeDeployClient {
  return new CodeDeployClient({ ...config, endpoint: apiUrl, httpAuthSchemeProvider: signForLambda });
}

type AuthSchemeProvider = NonNullable<CodeDeployClientConfig['httpAuthSchemeProvider']>;

const signForLambda: AuthSchemeProvider = ({ region }) => [
  {
    schemeId: 'aws.auth#sigv4',
    signingProperties: { signingName: 'lambda', signingRegion: region },
    propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
  },
];
