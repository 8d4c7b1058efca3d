import type { Instance } from '../../ec2/instance.ts';
import type { MachinePort } from '../../ec2/machine-port.ts';
import type { Timers } from '../../ec2/timers.ts';
import { AwsError } from '../../endpoint/service.ts';
import { newArn, type ArnScope } from '../arn.ts';
import type { HealthChange } from '../traffic-port.ts';
import { checkHealth, type HealthCheck } from './health-check.ts';
import { HealthChecks } from './health-checks.ts';
import type { Target, TargetGroup, TargetGroupSettings } from './target-group.ts';
import { DEFAULT_ATTRIBUTES, targetKey } from './target-group.ts';
import type { TargetHealth } from './target-health.ts';
import { DRAINING, REGISTERING, STOPPED } from './target-health.ts';

interface TargetGroupsDependencies {
  readonly scope: ArnScope;
  readonly timers: Timers;
  readonly machines: MachinePort;
  /** @default a real request */
  readonly check?: HealthCheck;
}

/** The account's target groups: registers, checks and drains targets. */
export class TargetGroups {
  readonly #it: TargetGroupsDependencies;
  readonly #byArn = new Map<string, TargetGroup>();
  readonly #checks: HealthChecks;
  readonly #listeners: ((change: HealthChange) => void)[] = [];

  constructor(dependencies: TargetGroupsDependencies) {
    this.#it = dependencies;
    this.#checks = new HealthChecks({
      timers: dependencies.timers,
      check: dependencies.check ?? checkHealth,
      addressOf: (group, target) => this.addressOf(group, target),
      change: (group, target, health) => {
        this.#change(group, target, health);
      },
    });
    dependencies.machines.onStateChange((machine) => {
      this.#machineChanged(machine);
    });
  }

  onHealthChange(listener: (change: HealthChange) => void): void {
    this.#listeners.push(listener);
  }

  list(): readonly TargetGroup[] {
    return [...this.#byArn.values()];
  }

  find(arn: string): TargetGroup | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws AwsError TargetGroupNotFound */
  get(arn: string): TargetGroup {
    const found = this.#byArn.get(arn);
    if (!found) throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
    return found;
  }

  /** @throws AwsError DuplicateTargetGroupName */
  create(name: string, settings: TargetGroupSettings): TargetGroup {
    if (this.list().some((group) => group.name === name)) {
      throw new AwsError('DuplicateTargetGroupName', `A target group with the name '${name}' exists`);
    }
    const group: TargetGroup = {
      arn: newArn(this.#it.scope, 'targetgroup', name),
      name,
      settings,
      attributes: new Map(DEFAULT_ATTRIBUTES),
      tags: new Map(),
      targets: new Map(),
      inUse: false,
      turns: 0,
    };
    this.#byArn.set(group.arn, group);
    return group;
  }

  /** @throws AwsError ResourceInUse while a listener forwards to it */
  delete(group: TargetGroup): void {
    if (group.inUse) {
      throw new AwsError('ResourceInUse', `Target group '${group.arn}' is currently in use by a listener or a rule`);
    }
    for (const target of group.targets.values()) target.stop?.();
    this.#byArn.delete(group.arn);
  }

  /** Says which target groups listeners forward to; their targets are checked from then on. */
  use(arns: ReadonlySet<string>): void {
    for (const group of this.#byArn.values()) {
      const inUse = arns.has(group.arn);
      if (inUse === group.inUse) continue;
      group.inUse = inUse;
      const registered = [...group.targets.values()].filter(({ health }) => health.state !== 'draining');
      for (const target of registered) this.#checks.begin(group, target);
    }
  }

  /**
   * Takes a target on. Repeating is harmless; a draining target starts anew.
   * @throws AwsError InvalidTarget for an instance that does not run
   */
  register(group: TargetGroup, id: string, port = group.settings.Port): void {
    const isRunning = this.#it.machines.find(id)?.state === 'running';
    if (group.settings.TargetType === 'instance' && !isRunning) {
      throw new AwsError(
        'InvalidTarget',
        `The following targets are not in a running state and cannot be registered: '${id}'`,
      );
    }
    const known = group.targets.get(targetKey({ id, port }));
    if (known && known.health.state !== 'draining') return;
    known?.stop?.();
    const target: Target = { id, port, health: REGISTERING };
    group.targets.set(targetKey(target), target);
    this.#checks.begin(group, target);
  }

  /** Lets a target go; resolves when its deregistration delay is over. An unknown target is no error. */
  deregister(group: TargetGroup, id: string, port = group.settings.Port): Promise<void> {
    const target = group.targets.get(targetKey({ id, port }));
    if (!target) return Promise.resolve();
    target.drained ??= this.#drain(group, target);
    return target.drained;
  }

  /** Where a target answers. */
  addressOf({ settings }: TargetGroup, { id }: Target): string | undefined {
    return settings.TargetType === 'ip' ? id : this.#it.machines.find(id)?.privateIpAddress;
  }

  #drain(group: TargetGroup, target: Target): Promise<void> {
    target.stop?.();
    this.#change(group, target, DRAINING);
    const delaySeconds = Number(group.attributes.get('deregistration_delay.timeout_seconds'));
    return new Promise((resolve) => {
      const end = (): void => {
        if (group.targets.get(targetKey(target)) === target) group.targets.delete(targetKey(target));
        resolve();
      };
      const cancel = this.#it.timers.after(delaySeconds * 1000, end);
      target.stop = () => {
        cancel();
        end();
      };
    });
  }

  /** A machine that stops serves nobody: it is unused until it starts again, and forgotten when it is terminated. */
  #machineChanged({ instanceId, state }: Instance): void {
    if (state === 'pending') return;
    for (const group of this.#byArn.values()) {
      for (const target of group.targets.values()) {
        if (target.id !== instanceId) continue;
        if (state === 'running') {
          if (target.health === STOPPED) this.#checks.begin(group, target);
          continue;
        }
        target.stop?.();
        if (state === 'terminated') group.targets.delete(targetKey(target));
        else this.#change(group, target, STOPPED);
      }
    }
  }

  #change(group: TargetGroup, target: Target, health: TargetHealth): void {
    const moved = health.state !== target.health.state;
    target.health = health;
    if (!moved) return;
    const change = { targetGroupArn: group.arn, instanceId: target.id, state: health.state };
    for (const listener of this.#listeners) listener(change);
  }
}
