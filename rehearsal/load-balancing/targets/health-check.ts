import { request } from 'node:http';
import type { TargetGroupSettings } from './target-group.ts';
import type { CheckResult } from './target-health.ts';
import { matches } from './target-health.ts';

/** Asks a target whether it is well. @param address undefined while its machine has none */
export type HealthCheck = (
  address: string | undefined,
  targetPort: number,
  settings: TargetGroupSettings,
) => Promise<CheckResult>;

/** Checks a target with a real HTTP request. Its time limit is wall time: a program cannot be hurried. */
export const checkHealth: HealthCheck = (address, targetPort, settings) => {
  const { HealthCheckPort, HealthCheckPath, HealthCheckTimeoutSeconds, Matcher } = settings;
  if (address === undefined) return Promise.resolve(UNREACHABLE);
  const port = HealthCheckPort === 'traffic-port' ? targetPort : Number(HealthCheckPort);
  return new Promise((resolve) => {
    const check = request({
      host: address,
      port,
      path: HealthCheckPath,
      agent: false,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0', host: `${address}:${port}` },
      signal: AbortSignal.timeout(HealthCheckTimeoutSeconds * 1000),
    });
    check.on('response', (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(matches(Matcher?.HttpCode ?? '200', status) ? { passed: true } : mismatch(status));
    });
    check.on('error', ({ name }) => {
      resolve(name === 'AbortError' || name === 'TimeoutError' ? TIMED_OUT : UNREACHABLE);
    });
    check.end();
  });
};

const failure = (reason: string, description: string): CheckResult => ({ passed: false, reason, description });
const TIMED_OUT = failure('Target.Timeout', 'Request timed out');
const UNREACHABLE = failure('Target.FailedHealthChecks', 'Health checks failed');
const mismatch = (status: number): CheckResult =>
  failure('Target.ResponseCodeMismatch', `Health checks failed with these codes: [${status}]`);
