import type { Happening } from '../faults/fault.ts';
import type { Edge } from './edges.ts';
import { HAPPENINGS } from './happenings/happenings.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

/** What has been asked for in the course of a life, beside its beginning. */
export class Course {
  readonly world: World;
  readonly setting: Setting;
  /** How many instances people want. */
  desired: number;
  /** The fewest that it may come to: who sets the size while hosts stand by may take from what they are owed. */
  leastDesired: number;
  /** Bodies that nobody could ever take. */
  readonly poison: string[] = [];
  /** When a hook was not as the engine made it: from, to; in milliseconds since the epoch. */
  readonly hooksAmiss: { readonly fromMs: number; untilMs: number }[] = [];
  /** Deployments that people have asked for so far. */
  deployments = 0;
  /** What people have begun and will end later. */
  pending = 0;

  constructor(world: World, setting: Setting) {
    this.world = world;
    this.setting = setting;
    this.desired = setting.desired;
    this.leastDesired = setting.desired;
  }

  /**
   * Lets something happen; what has no object at the moment does not.
   * @param instanceId to that one, if it can be chosen
   */
  async happen(happening: Happening, instanceId?: string): Promise<void> {
    const { faults, log } = this.world;
    const what = faults.spares(happening) ? undefined : await HAPPENINGS[happening](this, instanceId);
    if (what === undefined) return;
    faults.noted(happening);
    log.tell(`== ${happening}: ${what}`);
  }

  /** The same when a moment comes, within a second or two. */
  happenAt(edge: Edge, happening: Happening): void {
    const { clock, edges, faults } = this.world;
    edges.at(edge, (instanceId) => {
      faults.noted(edge.kind);
      this.world.log.tell(`== ${edge.kind}, ${edge.name}:`);
      clock.after(this.lots.between(0, 1500), () => void this.happen(happening, instanceId));
    });
  }

  get lots() {
    return this.world.faults.lots;
  }

  get group() {
    return this.world.autoScaling.account.groups.get(this.setting.autoScalingGroupName).group;
  }

  /** Asks Auto Scaling for something about the group. @throws AwsError */
  async call(operation: string, input: Record<string, unknown>): Promise<void> {
    const AutoScalingGroupName = this.setting.autoScalingGroupName;
    await this.world.autoScaling.operations[operation]?.({ AutoScalingGroupName, ...input });
  }

  /** Does something later that belongs to what has happened. */
  later(inMs: number, act: () => Promise<void>): void {
    this.pending += 1;
    this.world.clock.after(inMs, () => {
      void act().then(() => (this.pending -= 1));
    });
  }
}
