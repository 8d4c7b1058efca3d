import { hostIn } from '../../core/host-secret.ts';
import type { Ports } from '../commands/call.ts';
import type { Caller } from '../commands/caller.ts';
import { AccessDenied } from '../commands/faults.ts';

/**
 * The host whose secret stands in the path of a request. What is thrown goes to the log: it never names the path.
 * @throws AccessDenied when the secret is no host's, or that of a host that is gone
 */
export async function callerBySecret(
  path: string,
  ports: Pick<Ports, 'installationKeys' | 'hosts' | 'targets'>,
): Promise<Caller> {
  const { hostSecretKey } = await ports.installationKeys();
  const host = hostIn(path, hostSecretKey);
  if (!host) throw new AccessDenied('The path of the request holds no secret of a host');
  const { accountId, roleName, instanceId } = host;
  if (await isGone(instanceId, ports)) throw new AccessDenied(`${instanceId} is gone, and its secret void`);
  return { accountId, roleName, sessionName: instanceId };
}

/** Once its termination deployment is settled, the host has nothing more to ask or to say. */
async function isGone(instanceId: string, { hosts, targets }: Pick<Ports, 'hosts' | 'targets'>): Promise<boolean> {
  const host = await hosts.byId(instanceId, { mayBeStale: true });
  if (host?.leaving === undefined || host.leg) return false;
  return (await targets.byId({ deploymentId: host.leaving, instanceId }))?.settlement !== undefined;
}
