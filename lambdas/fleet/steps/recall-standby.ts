import { describeGroup } from '../../../core/deployment-group.ts';
import { type DescribedMember, standsBy } from '../../../core/fleet/selection.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import { giveCapacityBack } from '../../standby/give-capacity-back.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { standingsOf } from './standings-of.ts';

/**
 * Members of an Auto Scaling group as a deployment selects them: hosts that stand by for an earlier deployment of its own
 * group count as in service, for it brings them back.
 */
export async function withOwnStandby(
  members: readonly DescribedMember[],
  autoScalingGroupName: string,
  { group, deploymentOption }: Pick<FleetDeployment, 'group' | 'deploymentOption'>,
  { standbyNotes }: Pick<FleetEngine, 'standbyNotes'>,
): Promise<readonly DescribedMember[]> {
  if (deploymentOption !== 'WITH_TRAFFIC_CONTROL' || !members.some(standsBy)) return members;
  const { hosts } = await standbyNotes.of(autoScalingGroupName);
  const isOwn = (member: DescribedMember): boolean =>
    standsBy(member) && hosts[member.instanceId]?.deploymentGroup === describeGroup(group);
  return members.map((member) => (isOwn(member) ? { ...member, lifecycleState: 'InService' } : member));
}

/**
 * Gives Auto Scaling groups back what they are owed for hosts that still stand by when a deployment has ended and no
 * rollback comes for them. A target in progress, which a dead execution leaves behind, does so itself when it settles.
 * Another deployment that has the deployment group by now needs them, and does so at its own end: this call comes late.
 */
export async function giveUpStandby(deployment: FleetDeployment, engine: FleetEngine): Promise<void> {
  if (deployment.deploymentOption !== 'WITH_TRAFFIC_CONTROL') return;
  const own = describeGroup(deployment.group);
  const { activeDeploymentId = deployment.deploymentId } = await engine.groups.history(deployment.deploymentGroupId);
  const isOthers = activeDeploymentId !== deployment.deploymentId;
  // One without a record broke off before it began, and would never come to its end.
  if (isOthers && (await engine.deployments.byId(activeDeploymentId))) return;
  for (const name of await engine.standbyNotes.names()) {
    const { hosts, change } = await engine.standbyNotes.of(name);
    const ours = Object.keys(hosts).filter((id) => hosts[id]?.deploymentGroup === own);
    // What an earlier attempt noted and did not live to set is left to whoever comes next: perhaps to nobody.
    if (ours.length === 0 && !change) continue;
    const standings = await standingsOf(deployment.deploymentId, engine);
    const busy = new Set(standings.flatMap(({ instanceId, status }) => (status === 'InProgress' ? [instanceId] : [])));
    const left = ours.filter((id) => !busy.has(id));
    await giveCapacityBack(name, left, engine);
  }
}
