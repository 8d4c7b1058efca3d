import { hostSecretPath } from '../../../core/host-secret.ts';
import type { IssueHostSecretInput, IssueHostSecretOutput } from '../../../core/command-protocol.ts';
import type { Operation } from '../call.ts';
import { requireOwnHost } from '../caller.ts';
import { AccessDenied, InvalidRequest } from '../faults.ts';

/**
 * Gives a host, which proves itself by its signature this once, the endpoint for an agent that cannot sign.
 * The same host is given the same one again: no secret is stored, only that there is one.
 * @throws AccessDenied also for a host that is leaving, and InvalidRequest when the engine has no door for such agents
 */
export const issueHostSecret: Operation<IssueHostSecretInput, IssueHostSecretOutput> = async (
  input,
  { caller },
  { installationKeys, secretDoorUrl, hosts, telemetry },
) => {
  const { accountId, instanceId } = requireOwnHost(caller, input.HostIdentifier);
  if (secretDoorUrl === undefined) {
    throw new InvalidRequest('This engine lets in no agent of AWS’s: deploy it with awsAgents: true');
  }
  const { hostSecretKey } = await installationKeys();
  if ((await hosts.noteSecret(instanceId)) === 'refused') {
    throw new AccessDenied(`${instanceId} is leaving, and needs no secret any more`);
  }
  telemetry.info('host secret issued', { instanceId });
  return {
    Endpoint: secretDoorUrl + hostSecretPath({ accountId, roleName: caller.roleName, instanceId }, hostSecretKey),
  };
};
