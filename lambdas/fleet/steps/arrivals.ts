import { describeGroup } from '../../../core/deployment-group.ts';
import { type DescribedMember, isArriving, standsBy } from '../../../core/fleet/selection.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import { sameRevision } from '../../../core/revision.ts';
import type { FleetEngine } from '../fleet-engine.ts';

type Ports = Pick<FleetEngine, 'autoScalingGroups' | 'standbyNotes' | 'hosts' | 'targets' | 'clock'>;

/** Hosts that began to launch with another revision come into service soon: the state is tried again. */
class HostsAreArriving extends Error {
  override readonly name = 'HostsAreArriving';
}

/**
 * Instances with another revision than a deployment's that are not in service yet: they are launched, or stand by for
 * another deployment group, which brings them back. A launch of which nothing is known may have begun a moment ago; what
 * begins later gets the right revision by itself.
 */
export async function outdatedArrivals(deployment: FleetDeployment, ports: Ports): Promise<readonly string[]> {
  const groups = await ports.autoScalingGroups.describe(deployment.selection.autoScalingGroups);
  const arriving: string[] = [];
  for (const { autoScalingGroupName, members } of groups) {
    const away = await awayForOthers(members, autoScalingGroupName, deployment, ports);
    arriving.push(...members.filter(isArriving).map(({ instanceId }) => instanceId), ...away);
  }
  const outdated = await Promise.all(arriving.map((instanceId) => isOutdated(instanceId, deployment, ports)));
  return arriving.filter((_, place) => outdated[place]);
}

async function awayForOthers(
  members: readonly DescribedMember[],
  autoScalingGroupName: string,
  { group }: FleetDeployment,
  { standbyNotes }: Ports,
): Promise<readonly string[]> {
  const standing = members.filter(standsBy);
  if (standing.length === 0) return [];
  const { hosts } = await standbyNotes.of(autoScalingGroupName);
  return standing
    .map(({ instanceId }) => instanceId)
    .filter((id) => hosts[id] !== undefined && hosts[id].deploymentGroup !== describeGroup(group));
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
  const isOfGroup = target && describeGroup(target.group) === describeGroup(deployment.group);
  const revision = (isOfGroup ? target.revision : undefined) ?? host?.installed(deployment.group);
  if (revision) return !sameRevision(revision, deployment.revision);
  return ports.clock() - (deployment.completedAtMs ?? deployment.createdAtMs) < UNKNOWN_FOR_MS;
}

/** A launch has its first leg within seconds of its decision. */
const UNKNOWN_FOR_MS = 60_000;

const LONGEST_WAIT_MS = 3_600_000;
