import type { TargetState } from './targets/target-health.ts';

/** A target's health moved. */
export interface HealthChange {
  readonly targetGroupArn: string;
  readonly instanceId: string;
  readonly state: TargetState;
}

/** Load balancing as Auto Scaling uses it for the instances of a group, without the detour over HTTP. */
export interface TrafficPort {
  /** @throws AwsError TargetGroupNotFound for the first target group that does not exist */
  requireTargetGroups(targetGroupArns: readonly string[]): void;
  /** Resolves when every target group has taken the instance on; not when it is healthy. */
  register(targetGroupArns: readonly string[], instanceId: string): Promise<void>;
  /** Takes the instance out of every target group; resolves when the last one has drained it. */
  drain(targetGroupArns: readonly string[], instanceId: string): Promise<void>;
  /** @returns undefined for an instance that is not registered */
  stateOf(targetGroupArn: string, instanceId: string): TargetState | undefined;
  onHealthChange(listener: (change: HealthChange) => void): void;
}
