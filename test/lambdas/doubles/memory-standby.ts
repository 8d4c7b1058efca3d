import {
  AutoScalingRefused,
  type NotNow,
  type StandbyGroup,
  type StandbyGroups,
} from '../../../adapters/auto-scaling/standby-groups.ts';
import type { ReadStandbyNote, StandbyNotes } from '../../../adapters/table/standby-notes.ts';
import { type GroupSizes, NOTHING_OWED } from '../../../core/traffic/standby.ts';

/** An Auto Scaling group that keeps the arithmetic of Standby, and moves its members when the test wants it to. */
export class MemoryStandbyGroups implements StandbyGroups {
  readonly autoScalingGroupName: string = 'web-blue';
  sizes: GroupSizes;
  readonly states = new Map<string, string>();
  suspended: readonly string[] = [];
  /** Whether the group has the tag. */
  isTagged = true;
  /** Whether the engine may change sizes. */
  isAllowed = true;

  constructor(instanceIds: readonly string[] = [], sizes: Partial<GroupSizes> = {}) {
    this.sizes = { minSize: 0, desiredCapacity: instanceIds.length, maxSize: instanceIds.length, ...sizes };
    for (const id of instanceIds) this.states.set(id, 'InService');
  }

  tagged: StandbyGroups['tagged'] = () => Promise.resolve(this.isTagged ? [this.#group()] : []);

  byName: StandbyGroups['byName'] = () => Promise.resolve(this.#group());

  statesOf: StandbyGroups['statesOf'] = (_, instanceIds) =>
    Promise.resolve(new Map([...this.states].filter(([id]) => instanceIds.includes(id))));

  enterStandby: StandbyGroups['enterStandby'] = (_, instanceId) => {
    const { minSize, desiredCapacity } = this.sizes;
    if (this.states.get(instanceId) !== 'InService') return notNow(`The instance ${instanceId} is not in InService.`);
    if (desiredCapacity <= minSize) return notNow(`AutoScalingGroup web-blue has min-size=${minSize}`);
    this.sizes = { ...this.sizes, desiredCapacity: desiredCapacity - 1 };
    this.states.set(instanceId, 'EnteringStandby');
    return Promise.resolve('done');
  };

  exitStandby: StandbyGroups['exitStandby'] = (_, instanceId) => {
    const { desiredCapacity, maxSize } = this.sizes;
    if (this.states.get(instanceId) !== 'Standby') return notNow(`The instance ${instanceId} is not in Standby.`);
    if (desiredCapacity >= maxSize) return notNow(`AutoScalingGroup web-blue has max-size=${maxSize}`);
    this.sizes = { ...this.sizes, desiredCapacity: desiredCapacity + 1 };
    this.states.set(instanceId, 'Pending');
    return Promise.resolve('done');
  };

  /** A minimum above the desired capacity raises it, as Auto Scaling does. */
  resize: StandbyGroups['resize'] = (_, changes) => {
    if (!this.isAllowed) return Promise.reject(new AutoScalingRefused('not authorized'));
    const sizes = { ...this.sizes, ...changes };
    this.sizes = { ...sizes, desiredCapacity: Math.max(sizes.desiredCapacity, sizes.minSize) };
    return Promise.resolve('done');
  };

  /** Time does its work: what drained stands by, what came back serves. */
  answer(): void {
    for (const [id, state] of this.states) {
      if (state === 'EnteringStandby') this.states.set(id, 'Standby');
      if (state === 'Pending') this.states.set(id, 'InService');
    }
  }

  #group(): StandbyGroup {
    return { autoScalingGroupName: this.autoScalingGroupName, ...this.sizes, suspended: this.suspended };
  }
}

const notNow = (reason: string): Promise<NotNow> => Promise.resolve({ notNow: reason });

/** Notes without DynamoDB: the same port. */
export class MemoryStandbyNotes implements StandbyNotes {
  readonly items = new Map<string, ReadStandbyNote>();

  of: StandbyNotes['of'] = (name) =>
    Promise.resolve(structuredClone(this.items.get(name) ?? { ...NOTHING_OWED, version: 0 }));

  names: StandbyNotes['names'] = () => Promise.resolve([...this.items.keys()]);

  write: StandbyNotes['write'] = (name, { version }, note) => {
    if ((this.items.get(name)?.version ?? 0) !== version) return Promise.resolve('refused');
    const written = structuredClone({ ...note, version: version + 1 });
    this.items.set(name, written);
    return Promise.resolve(structuredClone(written));
  };
}
