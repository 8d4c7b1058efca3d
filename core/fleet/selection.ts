import { isSelected, type Tags, type TagSelector } from './tag-filter.ts';

/** An EC2 instance, as described when a deployment starts. */
export interface DescribedInstance {
  readonly instanceId: string;
  readonly state: string;
  readonly zone?: string;
  readonly tags: Tags;
}

/** A member of one of the deployment group's Auto Scaling groups. */
export interface DescribedMember {
  readonly instanceId: string;
  readonly lifecycleState: string;
  readonly zone: string;
}

/** A host outside of EC2. */
export interface OnPremisesInstance {
  readonly instanceName: string;
  readonly isRegistered: boolean;
  readonly tags: Tags;
}

/** All that a deployment group may select from, and how it selects. */
export interface Surroundings {
  readonly ec2: TagSelector;
  readonly onPremises: TagSelector;
  readonly instances: readonly DescribedInstance[];
  /** Members of the Auto Scaling groups that the deployment group names, and of no other. */
  readonly members: readonly DescribedMember[];
  readonly onPremisesInstances: readonly OnPremisesInstance[];
}

/** A host that is deployed to. `zone` is missing outside of EC2. */
export interface SelectedTarget {
  readonly targetId: string;
  readonly zone?: string;
}

const ELIGIBLE_STATES = ['pending', 'running', 'stopping', 'stopped'];

/**
 * The targets of a deployment: the union of what tags select and of the members in service, each host once. Stopped
 * instances stay in, and will fail; terminated ones are out. A member that is not in service is out even where a tag
 * selects it: its launch deployment, or its leaving, is under way.
 * Asked once, when the deployment starts: hooks of a revision may move hosts to standby meanwhile.
 */
export function selectTargets(surroundings: Surroundings): readonly SelectedTarget[] {
  const { ec2, onPremises, instances, members, onPremisesInstances } = surroundings;
  const heldBack = new Set(members.filter((member) => !isInService(member)).map(({ instanceId }) => instanceId));
  const targets = [
    ...members.filter(isInService).map(({ instanceId, zone }) => ({ targetId: instanceId, zone })),
    ...instances
      .filter(({ instanceId, state, tags }) => !heldBack.has(instanceId) && isEligible(state) && isSelected(ec2, tags))
      .map(({ instanceId, zone }) => ({ targetId: instanceId, ...(zone !== undefined && { zone }) })),
    ...onPremisesInstances
      .filter(({ isRegistered, tags }) => isRegistered && isSelected(onPremises, tags))
      .map(({ instanceName }) => ({ targetId: instanceName })),
  ];
  return [...new Map(targets.map((target) => [target.targetId, target])).values()];
}

/** Whether a member was launched and is not in service yet. Those of a warm pool are deployed to again when they leave it. */
export function isArriving({ lifecycleState }: Pick<DescribedMember, 'lifecycleState'>): boolean {
  return lifecycleState.startsWith('Pending');
}

/** Whether a member is out of service for a while, or about to be. */
export function standsBy({ lifecycleState }: Pick<DescribedMember, 'lifecycleState'>): boolean {
  return lifecycleState === 'Standby' || lifecycleState === 'EnteringStandby';
}

function isInService({ lifecycleState }: DescribedMember): boolean {
  return lifecycleState === 'InService';
}

function isEligible(state: string): boolean {
  return ELIGIBLE_STATES.includes(state);
}
