import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Rehearsal } from '../rehearsal/index.ts';

/** The example's deployment group. */
export const GROUP = { applicationName: 'web', deploymentGroupName: 'web-fleet' };

/** The API is behind a function URL, and that wants to be signed for. */
const API_SERVICE = 'lambda';

/** CodeDeploy's public client, pointed at the engine's API. */
export function codeDeployClient({ clock, outputs, region }: Rehearsal): CodeDeployClient {
  const client = { region, credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
  return new CodeDeployClient({
    ...client,
    endpoint: outputs('SlipwayEngine')['ApiUrl'] ?? '',
    signer: new SignatureV4({ ...client, service: API_SERVICE, sha256: Sha256 }),
    systemClockOffset: clock.now() - Date.now(),
  });
}
