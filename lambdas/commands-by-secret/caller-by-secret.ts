import { hostIn } from '../../core/host-secret.ts';
import type { Ports } from '../commands/call.ts';
import type { Caller } from '../commands/caller.ts';
import { AccessDenied } from '../commands/faults.ts';

/**
 * The host whose secret stands in the path of a request. What is thrown goes to the log: it never names the path.
 * @throws AccessDenied when the secret is no host's, was never issued, or is that of a host that is gone
 */
export async function callerBySecret(
  path: string,
  ports: Pick<Ports, 'installationKeys' | 'hosts' | 'targets'>,
): Promise<Caller> {
  const { hostSecretKey } = await ports.installationKeys();
  const host = hostIn(path, hostSecretKey);
  if (!host) throw new AccessDenied('The path of the request holds no secret of a host');
  const { accountId, roleName, instanceId } = host;
  if (await isVoid(instanceId, ports)) throw new AccessDenied(`The secret of ${instanceId} is void`);
  return { accountId, roleName, sessionName: instanceId };
}

/**
 * A secret lives with its host: from when it was issued until the host's termination deployment is settled, or until
 * the table forgets a host that nobody has heard of for ninety days.
 */
async function isVoid(instanceId: string, { hosts, targets }: Pick<Ports, 'hosts' | 'targets'>): Promise<boolean> {
  const seen = await hosts.byId(instanceId, { mayBeStale: true });
  // What was issued a moment ago may not be in sight of a cheap read.
  const host = seen?.hasSecret ? seen : await hosts.byId(instanceId);
  if (!host?.hasSecret) return true;
  if (host.leaving === undefined || host.leg) return false;
  return (await targets.byId({ deploymentId: host.leaving, instanceId }))?.settlement !== undefined;
}
