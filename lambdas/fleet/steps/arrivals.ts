import { isArriving } from '../../../core/fleet/selection.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import { sameRevision } from '../../../core/revision.ts';
import type { FleetEngine } from '../fleet-engine.ts';

type Ports = Pick<FleetEngine, 'autoScalingGroups' | 'hosts' | 'targets' | 'clock'>;

/** Hosts that began to launch with another revision come into service soon: the state is tried again. */
class HostsAreArriving extends Error {
  override readonly name = 'HostsAreArriving';
}

/**
 * Instances that are launched with another revision than a deployment's, and are not in service yet. One of which
 * nothing is known may have begun a moment ago; what begins later gets the right revision by itself.
 */
export async function outdatedArrivals(deployment: FleetDeployment, ports: Ports): Promise<readonly string[]> {
  const groups = await ports.autoScalingGroups.describe(deployment.selection.autoScalingGroups);
  const arriving = groups.flatMap(({ members }) => members.filter(isArriving).map(({ instanceId }) => instanceId));
  const outdated = await Promise.all(arriving.map((instanceId) => isOutdated(instanceId, deployment, ports)));
  return arriving.filter((_, place) => outdated[place]);
}

/**
 * Lets a deployment to outdated hosts begin when all are in service that it is for.
 * @throws HostsAreArriving for an hour at most
 */
export async function waitForArrivals(deployment: FleetDeployment, ports: Ports): Promise<void> {
  const isForOutdated = deployment.creator === 'CodeDeployAutoUpdate';
  if (!isForOutdated || ports.clock() - deployment.createdAtMs > LONGEST_WAIT_MS) return;
  const arriving = await outdatedArrivals(deployment, ports);
  if (arriving.length > 0) throw new HostsAreArriving(`${arriving.join(', ')} are not in service yet`);
}

async function isOutdated(instanceId: string, deployment: FleetDeployment, ports: Ports): Promise<boolean> {
  const host = await ports.hosts.byId(instanceId);
  if (host?.leaving !== undefined) return false;
  const { leg } = host ?? {};
  const target = leg && (await ports.targets.byId({ deploymentId: leg.deploymentId, instanceId }));
  const revision = target?.revision ?? host?.installed(deployment.group);
  if (revision) return !sameRevision(revision, deployment.revision);
  return ports.clock() - (deployment.completedAtMs ?? deployment.createdAtMs) < UNKNOWN_FOR_MS;
}

/** A launch has its first leg within seconds of its decision. */
const UNKNOWN_FOR_MS = 60_000;

const LONGEST_WAIT_MS = 3_600_000;
