import { randomUUID } from 'node:crypto';
import { advance } from '../lifecycle/advance.ts';
import { extendAction } from '../lifecycle/lifecycle-action.ts';
import type { LifecycleState } from '../lifecycle/lifecycle-state.ts';
import { isGone, targetLifecycleState } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import type { Effect, LifecycleEvent } from '../lifecycle/step.ts';
import type { Surroundings } from '../surroundings.ts';
import { ActionRunner } from './action-runner.ts';
import type { ActivityKeeper } from './activity-keeper.ts';
import type { AutoScalingGroup, Place } from './auto-scaling-group.ts';
import { runs } from './auto-scaling-group.ts';
import { causes } from './causes.ts';

/** What the group as a whole wants to know of its members. */
interface MemberListener {
  /** A member entered a state; see `isGone` for when it is no member any more. */
  entered(member: Member, state: LifecycleState): void;
  /** A launch came to nothing; `abandoned` when a lifecycle action said so. */
  launchFailed(abandoned: boolean): void;
}

/** Carries out what the lifecycle decides for the members of one group, and tells it what came of it. */
export class MemberDriver {
  readonly actions: ActionRunner;
  readonly #group: AutoScalingGroup;
  readonly #activities: ActivityKeeper;
  readonly #around: Surroundings;
  readonly #listener: MemberListener;

  constructor(group: AutoScalingGroup, activities: ActivityKeeper, around: Surroundings, listener: MemberListener) {
    this.#group = group;
    this.#activities = activities;
    this.#around = around;
    this.#listener = listener;
    this.actions = new ActionRunner(group, around, (instanceId, token, result, cause) => {
      this.apply(instanceId, { type: 'ActionEnded', token, result, cause });
    });
  }

  /** Launches an instance into the group, or into its warm pool. @throws AwsError when its launch template cannot be used */
  launch(place: Place, cause: string, into: 'Pending' | 'Warmed:Pending' = 'Pending'): void {
    const group = this.#group;
    const machine = this.#around.machines.launch({
      launchTemplate: { id: group.settings.launchTemplate.id, version: group.settings.launchTemplate.version },
      ...place,
      tags: launchTags(group),
      targetLifecycleState: (instanceId) => {
        const member = group.members.get(instanceId);
        return member && targetLifecycleState(member.lifecycleState, group.warmPool?.poolState);
      },
    });
    const member: Member = {
      ...machine,
      availabilityZone: place.availabilityZone,
      lifecycleState: into,
      healthStatus: 'Healthy',
      protectedFromScaleIn: group.settings.newInstancesProtectedFromScaleIn,
      joinedAtMs: this.#around.timers.now(),
      registered: false,
      actions: [],
    };
    this.add(member);
    this.#activities.begin(into === 'Pending' ? 'launch' : 'launchIntoPool', member, cause);
  }

  /** Makes an instance a member in the state it is in. */
  add(member: Member): void {
    this.#group.members.set(member.instanceId, member);
    this.#entered(member, member.lifecycleState);
  }

  /** Lets an event happen to a member. A member that is gone, or that it means nothing to, stays as it is. */
  apply(instanceId: string, event: LifecycleEvent, cause?: string): void {
    const before = this.#group.members.get(instanceId);
    if (!before) return;
    const { member, effects } = advance(before, event, {
      hooks: [...this.#group.hooks.values()],
      nowMs: this.#around.timers.now(),
      newToken: randomUUID,
    });
    this.#group.members.set(instanceId, member);
    if (event.type === 'ActionEnded') this.#actionEnded(before, event);
    for (const effect of effects) this.#perform(member, effect, cause);
  }

  /** Starts the timeout of a member's action again. */
  heartbeat(instanceId: string, token: string): void {
    const member = this.#group.members.get(instanceId);
    if (!member) return;
    const nowMs = this.#around.timers.now();
    const actions = member.actions.map((action) => (action.token === token ? extendAction(action, nowMs) : action));
    this.#group.members.set(instanceId, { ...member, actions });
    const extended = actions.find((action) => action.token === token);
    if (extended) this.actions.heartbeat(instanceId, extended);
  }

  #actionEnded(before: Member, event: Extract<LifecycleEvent, { type: 'ActionEnded' }>): void {
    const action = before.actions.find(({ token, result }) => token === event.token && result === undefined);
    if (action) this.actions.end(before.instanceId, action, event.result, event.cause);
  }

  #perform(member: Member, effect: Effect, cause: string | undefined): void {
    const { instanceId } = member;
    switch (effect.do) {
      case 'enter':
        this.#beginActivity(member, effect.state, cause);
        return this.#entered(member, effect.state);
      case 'startActions':
        return this.actions.start(instanceId, effect.actions);
      case 'cancelActions':
        for (const action of effect.actions) this.actions.end(instanceId, action, undefined, 'Cancelled');
        return;
      case 'cancelLaunch':
        this.#activities.cancel(instanceId, effect.message);
        return this.#listener.launchFailed(effect.abandoned);
      case 'register':
        return this.#then(this.#register(instanceId), instanceId, { type: 'Registered' });
      case 'drain':
        if (this.#group.targetGroupArns.size > 0) this.#activities.draining(instanceId);
        return this.#then(this.#drain(instanceId), instanceId, { type: 'Drained' });
      case 'restInstance':
        return this.#rest(instanceId);
      case 'startInstance':
        // EC2 says when a machine runs that did not before.
        if (this.#around.machines.find(instanceId)?.state === 'running')
          this.apply(instanceId, { type: 'InstanceRunning' });
        else void this.#around.machines.start(instanceId);
        return;
      case 'terminateInstance':
        return this.#then(this.#around.machines.terminate(instanceId), instanceId, { type: 'InstanceTerminated' });
    }
  }

  /** What an instance does from the moment it enters a state. */
  #beginActivity(member: Member, state: LifecycleState, cause: string | undefined): void {
    const why = cause ?? causes.launchFailed(this.#around.timers.now());
    if (state === 'Terminating') this.#activities.begin('terminate', member, why);
    if (state === 'Warmed:Terminating') this.#activities.begin('terminateInPool', member, why);
    if (state === 'Warmed:Pending') this.#activities.begin('returnToPool', member, why);
    if (state === 'Pending' && member.isFromPool) this.#activities.begin('launchFromPool', member, why);
  }

  #rest(instanceId: string): void {
    const { poolState = 'Stopped' } = this.#group.warmPool ?? {};
    const resting = poolState === 'Running' ? Promise.resolve() : this.#around.machines.stop(instanceId);
    this.#then(resting, instanceId, { type: 'Rested', state: `Warmed:${poolState}` });
  }

  #then(work: Promise<void>, instanceId: string, event: LifecycleEvent): void {
    work.then(
      () => {
        this.apply(instanceId, event);
      },
      (error: unknown) => {
        this.#around.ground.journal.record({
          kind: 'warning',
          message: `${instanceId} of ${this.#group.name} is stuck before ${event.type}: ${String(error)}`,
        });
      },
    );
  }

  #register(instanceId: string): Promise<void> {
    if (!runs(this.#group, 'AddToLoadBalancer')) return Promise.resolve();
    return this.#around.traffic.register([...this.#group.targetGroupArns], instanceId);
  }

  #drain(instanceId: string): Promise<void> {
    return this.#around.traffic.drain([...this.#group.targetGroupArns], instanceId);
  }

  #entered(member: Member, state: LifecycleState): void {
    const { instanceId } = member;
    if (isGone(state)) this.#group.members.delete(instanceId);
    this.#around.ground.journal.record({
      kind: 'instance',
      instanceId,
      autoScalingGroupName: this.#group.name,
      lifecycleState: state,
    });
    this.#activities.entered(instanceId, state);
    this.#listener.entered(member, state);
  }
}

/** Tags that a new instance gets from its group. */
function launchTags({ name, tags }: AutoScalingGroup): Map<string, string> {
  const propagated = [...tags.values()].filter(({ propagateAtLaunch }) => propagateAtLaunch);
  return new Map([
    ...propagated.map(({ key, value }) => [key, value] as const),
    ['aws:autoscaling:groupName', name] as const,
  ]);
}
