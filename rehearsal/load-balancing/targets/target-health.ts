/** States of a target as DescribeTargetHealth shows them. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';

/** What a load balancer thinks of a target, and the checks in a row that would change its mind. */
export interface TargetHealth {
  readonly state: TargetState;
  readonly reason?: string;
  readonly description?: string;
  /** Checks in a row that contradict the state. */
  readonly contradictions: number;
}

/** What one health check found. */
export type CheckResult =
  { readonly passed: true } | { readonly passed: false; readonly reason: string; readonly description: string };

interface Thresholds {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

const health = (state: TargetState, reason?: string, description?: string): TargetHealth => ({
  state,
  ...(reason !== undefined && { reason }),
  ...(description !== undefined && { description }),
  contradictions: 0,
});

export const REGISTERING = health('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress');
export const CHECKING = health('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress');
export const HEALTHY = health('healthy');
export const DRAINING = health('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress');
export const NOT_REGISTERED = health('unused', 'Target.NotRegistered', 'Target is not registered to the target group');
export const NOT_IN_USE = health(
  'unused',
  'Target.NotInUse',
  'Target group is not configured to receive traffic from the load balancer',
);
export const STOPPED = health('unused', 'Target.InvalidState', 'Target is in the stopped state');

/**
 * What a target is after a health check. A new target needs one good check to be healthy; the threshold for good
 * ones applies to those that recover.
 */
export function judge(before: TargetHealth, result: CheckResult, thresholds: Thresholds): TargetHealth {
  switch (before.state) {
    case 'initial':
      return result.passed
        ? HEALTHY
        : contradicted({ ...CHECKING, contradictions: before.contradictions }, result, thresholds);
    case 'healthy':
      return result.passed ? HEALTHY : contradicted(before, result, thresholds);
    case 'unhealthy': {
      if (!result.passed) return health('unhealthy', result.reason, result.description);
      const contradictions = before.contradictions + 1;
      return contradictions >= thresholds.healthyThreshold ? HEALTHY : { ...before, contradictions };
    }
    default:
      return before;
  }
}

function contradicted(
  before: TargetHealth,
  { reason, description }: Extract<CheckResult, { passed: false }>,
  { unhealthyThreshold }: Thresholds,
): TargetHealth {
  const contradictions = before.contradictions + 1;
  return contradictions >= unhealthyThreshold
    ? health('unhealthy', reason, description)
    : { ...before, contradictions };
}

/** Whether a status code is one that a matcher such as `200`, `200,302` or `200-299` names. */
export const matches = (matcher: string, status: number): boolean =>
  matcher.split(',').some((range) => {
    const [from = NaN, to = from] = range.split('-').map(Number);
    return status >= from && status <= to;
  });
