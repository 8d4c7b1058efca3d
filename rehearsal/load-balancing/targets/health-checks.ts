import type { Timers } from '../../ec2/timers.ts';
import type { HealthCheck } from './health-check.ts';
import type { Target, TargetGroup } from './target-group.ts';
import type { CheckResult, TargetHealth } from './target-health.ts';
import { CHECKING, judge, NOT_IN_USE, REGISTERING } from './target-health.ts';

/** Rehearsed milliseconds from registration to the first health check. */
const FIRST_CHECK_MS = 1000;

interface HealthChecksDependencies {
  readonly timers: Timers;
  readonly check: HealthCheck;
  addressOf(group: TargetGroup, target: Target): string | undefined;
  change(group: TargetGroup, target: Target, health: TargetHealth): void;
}

/** Checks targets again and again, until their `stop` is called. */
export class HealthChecks {
  readonly #it: HealthChecksDependencies;

  constructor(dependencies: HealthChecksDependencies) {
    this.#it = dependencies;
  }

  /** Begins anew with a target; one whose target group no listener uses is not checked. */
  begin(group: TargetGroup, target: Target): void {
    target.stop?.();
    this.#it.change(group, target, group.inUse ? REGISTERING : NOT_IN_USE);
    if (group.inUse) this.#checkAfter(FIRST_CHECK_MS, group, target);
  }

  #checkAfter(ms: number, group: TargetGroup, target: Target): void {
    let stopped = false;
    const callOff = this.#it.timers.after(ms, () => void this.#check(group, target, () => stopped));
    target.stop = () => {
      stopped = true;
      callOff();
    };
  }

  async #check(group: TargetGroup, target: Target, stopped: () => boolean): Promise<void> {
    if (target.health === REGISTERING) this.#it.change(group, target, CHECKING);
    const { timers } = this.#it;
    const startedAtMs = timers.now();
    const result = await this.#ask(group, target);
    // It was drained, stopped or registered anew while the request was under way.
    if (stopped()) return;
    const { HealthyThresholdCount, UnhealthyThresholdCount, HealthCheckIntervalSeconds } = group.settings;
    const thresholds = { healthyThreshold: HealthyThresholdCount, unhealthyThreshold: UnhealthyThresholdCount };
    this.#it.change(group, target, judge(target.health, result, thresholds));
    // Whoever heard of the change may have stopped the checks.
    if (stopped()) return;
    this.#checkAfter(Math.max(0, HealthCheckIntervalSeconds * 1000 - (timers.now() - startedAtMs)), group, target);
  }

  #ask(group: TargetGroup, target: Target): Promise<CheckResult> {
    const { settings } = group;
    if (!settings.HealthCheckEnabled) return Promise.resolve({ passed: true });
    return this.#it.check(this.#it.addressOf(group, target), target.port, settings);
  }
}
