import { z } from 'zod';
import { flag, wholeNumber } from '../../ec2/input.ts';
import type { TargetHealth, TargetState } from './target-health.ts';

/** What a target group is made with; AWS's defaults for an Application Load Balancer. */
export const targetGroupSettings = z.object({
  Protocol: z.literal('HTTP').default('HTTP'),
  ProtocolVersion: z.string().default('HTTP1'),
  Port: wholeNumber.min(1).max(65535).default(80),
  TargetType: z.enum(['instance', 'ip']).default('instance'),
  VpcId: z.string().optional(),
  HealthCheckEnabled: flag.default(true),
  HealthCheckProtocol: z.literal('HTTP').default('HTTP'),
  HealthCheckPort: z.coerce.string().default('traffic-port'),
  HealthCheckPath: z.string().default('/'),
  HealthCheckIntervalSeconds: wholeNumber.min(5).max(300).default(30),
  HealthCheckTimeoutSeconds: wholeNumber.min(2).max(120).default(5),
  HealthyThresholdCount: wholeNumber.min(2).max(10).default(5),
  UnhealthyThresholdCount: wholeNumber.min(2).max(10).default(2),
  Matcher: z.object({ HttpCode: z.string().optional() }).optional(),
});
export type TargetGroupSettings = z.output<typeof targetGroupSettings>;

/** One registration: an instance may be registered with several ports. */
export interface Target {
  readonly id: string;
  readonly port: number;
  health: TargetHealth;
  /** Ends the checks or the drain that is under way. */
  stop?: () => void;
  /** Resolves when a drain is over. */
  drained?: Promise<void>;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  settings: TargetGroupSettings;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly targets: Map<string, Target>;
  /** Some listener forwards to it; without one nothing is checked. */
  inUse: boolean;
  /** Requests forwarded so far, which makes the round. */
  turns: number;
}

export const targetKey = ({ id, port }: { readonly id: string; readonly port: number }): string => `${id}:${port}`;

/** Attributes of a new target group. */
export const DEFAULT_ATTRIBUTES: readonly (readonly [string, string])[] = [
  ['deregistration_delay.timeout_seconds', '300'],
  ['load_balancing.algorithm.type', 'round_robin'],
  ['slow_start.duration_seconds', '0'],
  ['stickiness.enabled', 'false'],
  ['stickiness.type', 'lb_cookie'],
];

/**
 * The target whose turn it is: healthy ones take turns; with only unhealthy ones, all of those do ("fail open").
 * @returns undefined when there is nobody to send a request to
 */
export function nextTarget(group: TargetGroup): Target | undefined {
  const inState = (state: TargetState): Target[] =>
    [...group.targets.values()].filter(({ health }) => health.state === state);
  const healthy = inState('healthy');
  const open = healthy.length > 0 ? healthy : inState('unhealthy');
  return open[group.turns++ % open.length];
}
