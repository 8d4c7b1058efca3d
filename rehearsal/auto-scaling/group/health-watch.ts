import { isAlive } from '../../ec2/instance.ts';
import { replaceableNow } from '../capacity/unhealthy-choice.ts';
import { isInWarmPool, isLaunching } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { runs } from './auto-scaling-group.ts';
import { causes } from './causes.ts';
import type { MemberDriver } from './member-driver.ts';

interface Complaint {
  readonly cause: string;
  readonly urgent: boolean;
}

/** Notices members of one group that are not well, and lets them be replaced. */
export class HealthWatch {
  readonly #group: AutoScalingGroup;
  readonly #members: MemberDriver;
  readonly #around: Surroundings;
  readonly #complaints = new Map<string, Complaint>();

  constructor(group: AutoScalingGroup, members: MemberDriver, around: Surroundings) {
    this.#group = group;
    this.#members = members;
    this.#around = around;
  }

  /** Looks at one member again: its machine, and what its target groups say once the grace period is over. */
  examine(instanceId: string): void {
    const member = this.#group.members.get(instanceId);
    if (!member || isInWarmPool(member.lifecycleState) || !runs(this.#group, 'HealthCheck')) return;
    const now = this.#around.timers.now();
    const machine = this.#around.machines.find(instanceId);
    if (!machine || !isAlive(machine)) {
      if (isLaunching(member.lifecycleState)) this.#giveUpLaunch(member);
      else this.#complain(member, { cause: causes.unhealthyMachine(now), urgent: true });
      return;
    }
    if (!this.#targetsFail(instanceId) || member.lifecycleState !== 'InService') return;
    const grace = this.graceLeftMs(member);
    if (grace > 0)
      this.#around.timers.after(grace, () => {
        this.examine(instanceId);
      });
    else this.#complain(member, { cause: causes.unhealthyTarget(now), urgent: false });
  }

  examineAll(): void {
    for (const instanceId of this.#group.members.keys()) this.examine(instanceId);
  }

  /** Somebody says how a member is. */
  declare(member: Member, healthStatus: Member['healthStatus']): void {
    if (healthStatus === 'Unhealthy') {
      this.#complain(member, { cause: causes.unhealthyByUser(this.#around.timers.now()), urgent: true });
      return;
    }
    this.#complaints.delete(member.instanceId);
    this.#group.members.set(member.instanceId, { ...member, healthStatus });
  }

  /** Rehearsed milliseconds of the grace period that remain; a member that does not serve yet has all of it. */
  graceLeftMs({ inServiceAtMs }: Member): number {
    const now = this.#around.timers.now();
    return (inServiceAtMs ?? now) + this.#group.settings.healthCheckGracePeriodSeconds * 1000 - now;
  }

  /** Terminates unhealthy members, as many as may go at a time; the capacity loop launches in their stead. */
  replaceUnhealthy(): void {
    const group = this.#group;
    if (!runs(group, 'ReplaceUnhealthy') || !runs(group, 'Terminate') || this.#complaints.size === 0) return;
    const inService = [...group.members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
    const unhealthy = inService.flatMap(({ instanceId }) => {
      const complaint = this.#complaints.get(instanceId);
      return complaint ? [{ instanceId, urgent: complaint.urgent }] : [];
    });
    for (const instanceId of replaceableNow(unhealthy, group.sizes.desired, inService.length)) {
      this.#members.apply(instanceId, { type: 'Leave' }, this.#complaints.get(instanceId)?.cause);
    }
  }

  /** The member left, or is no longer watched. */
  forget(instanceId: string): void {
    this.#complaints.delete(instanceId);
  }

  #complain(member: Member, complaint: Complaint): void {
    if (member.lifecycleState !== 'InService' || this.#complaints.has(member.instanceId)) return;
    this.#complaints.set(member.instanceId, complaint);
    this.#group.members.set(member.instanceId, { ...member, healthStatus: 'Unhealthy' });
    this.replaceUnhealthy();
  }

  #giveUpLaunch({ instanceId }: Member): void {
    this.#members.apply(instanceId, { type: 'Leave' }, causes.unhealthyMachine(this.#around.timers.now()));
  }

  #targetsFail(instanceId: string): boolean {
    const { settings, provenTargetGroups } = this.#group;
    if (!settings.healthCheckType.split(',').includes('ELB')) return false;
    return [...provenTargetGroups].some((arn) => this.#around.traffic.stateOf(arn, instanceId) === 'unhealthy');
  }
}
