import type { Host } from '../../../adapters/table/hosts.ts';
import { type FleetSettlement } from '../../../core/fleet/error-code.ts';
import { openFleet } from '../../../core/fleet/open-fleet.ts';
import { type HostHistory, inOrder, lotsOf } from '../../../core/fleet/order.ts';
import { outdatedHosts } from '../../../core/fleet/outdated.ts';
import { type SelectedTarget, selectTargets } from '../../../core/fleet/selection.ts';
import type { FleetDeployment, FleetDeploymentOrder, TargetList } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { withOwnStandby } from './recall-standby.ts';

/** A host of a deployment group, and what is remembered of it. */
export type GroupHost = SelectedTarget & HostHistory;

/** The targets of a deployment, in order; or why there will be none. */
export async function chooseTargets(
  deployment: FleetDeployment,
  engine: FleetEngine,
): Promise<TargetList | FleetSettlement> {
  if (deployment.selection.onPremises.filters?.length || deployment.selection.onPremises.tagSet?.length) {
    return NO_ON_PREMISES;
  }
  const hosts = await hostsOf(deployment, engine);
  const { revision, updateOutdatedInstancesOnly, minimumHealthyHosts, zonalConfig } = deployment;
  const wanted = updateOutdatedInstancesOnly ? outdatedHosts(hosts, revision) : hosts;
  const { lastSuccessful } = await engine.groups.history(deployment.deploymentGroupId);
  const opened = openFleet({
    targets: inOrder(wanted, lastSuccessful?.revision, lotsOf(deployment.deploymentId)),
    config: { minimumHealthyHosts, ...(zonalConfig && { zonalConfig }) },
    noneOutdated: wanted.length === 0 && hosts.length > 0,
  });
  if (opened.kind === 'settle') return opened.settlement;
  const { ordered, waves, mayBeDown } = opened;
  return { targetIds: ordered.map(({ targetId }) => targetId), waves, mayBeDown };
}

/** The hosts that a deployment's group has now. */
export async function hostsOf(
  deployment: FleetDeploymentOrder,
  engine: Pick<FleetEngine, 'autoScalingGroups' | 'instances' | 'hosts' | 'standbyNotes'>,
): Promise<readonly GroupHost[]> {
  const { selection, group } = deployment;
  const { autoScalingGroups, instances, hosts } = engine;
  const [groups, tagged] = await Promise.all([
    autoScalingGroups.describe(selection.autoScalingGroups),
    instances.tagged(selection.ec2),
  ]);
  const members = await Promise.all(
    groups.map((each) => withOwnStandby(each.members, each.autoScalingGroupName, deployment, engine)),
  );
  const targets = selectTargets({
    ec2: selection.ec2,
    onPremises: {},
    instances: tagged,
    members: members.flat(),
    onPremisesInstances: [],
  });
  const found: GroupHost[] = [];
  for (let start = 0; start < targets.length; start += HOSTS_AT_ONCE) {
    const some = targets.slice(start, start + HOSTS_AT_ONCE);
    const known = await hosts.byIds(some.map(({ targetId }) => targetId));
    const met = some.map((target, place) => ({ target, host: known[place] }));
    // A tag selects those in a warm pool as well, of which no Auto Scaling group lists anything.
    const serving = met.filter(({ host }) => !host?.isInWarmPool);
    found.push(...serving.map(({ target, host }) => ({ ...target, ...historyOf(host, group) })));
  }
  return found;
}

function historyOf(host: Host | undefined, group: FleetDeployment['group']): Omit<HostHistory, 'targetId'> {
  return { installed: host?.installed(group), lastOutcome: host?.lastOutcome(group) };
}

/** As many as DynamoDB gives in one call. */
const HOSTS_AT_ONCE = 100;

const NO_ON_PREMISES: FleetSettlement = {
  status: 'Failed',
  errorInformation: {
    code: 'NO_INSTANCES',
    message:
      'The deployment group selects on-premises instances, to which nothing can be deployed yet: remove its tags',
  },
};
