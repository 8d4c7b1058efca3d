import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PowertoolsTelemetry } from '../../lambdas/telemetry.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Slipway');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'slipway');
  vi.stubEnv('POWERTOOLS_DEV', 'true'); // writes through the global console, where a test can listen
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('telemetry', () => {
  it('logs an object a line, with what identifies the work', () => {
    new PowertoolsTelemetry().info('leg placed', { deploymentId: 'd-ABCDEF123', instanceId: 'i-0abc' });

    expect(logged()[0]).toMatchObject({
      level: 'INFO',
      message: 'leg placed',
      deploymentId: 'd-ABCDEF123',
      instanceId: 'i-0abc',
      service: 'slipway',
    });
  });

  it('publishes what was counted when the handler ends, even by an error', async () => {
    const telemetry = new PowertoolsTelemetry();
    const handler = telemetry.around(() => {
      telemetry.count('HeartbeatsSent');
      return Promise.reject(new Error('and then it broke'));
    });

    await expect(handler({})).rejects.toThrow('and then it broke');

    expect(logged()[0]).toMatchObject({ HeartbeatsSent: 1, service: 'slipway' });
  });

  it('counts errors that are no answers', async () => {
    const failures = {
      countedAs: 'HeartbeatsFailed',
      isAnswer: (error: unknown) => error instanceof RangeError,
    } as const;
    const handler = new PowertoolsTelemetry().around((error: Error) => Promise.reject(error), failures);

    await expect(handler(new RangeError('an answer'))).rejects.toThrow();
    expect(lines).toEqual([]);
    await expect(handler(new Error('a fault'))).rejects.toThrow();
    expect(logged()[0]).toMatchObject({ HeartbeatsFailed: 1 });
  });

  it('publishes nothing when nothing was counted', async () => {
    await new PowertoolsTelemetry().around(() => Promise.resolve())({});

    expect(lines).toEqual([]);
  });
});
