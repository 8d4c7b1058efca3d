import { beforeEach, describe, expect, it } from 'vitest';

import { admit } from '../../../lambdas/hook-consumer/admit.ts';
import { aNotice } from '../doubles/notice.ts';
import { RecordedExecutions, RecordedTelemetry } from '../doubles/recorded-engine.ts';

const TOKEN = '5b7a4c0e-2a77-4b0e-8f7b-0f2a9a4f6d10';

let executions: RecordedExecutions;
let telemetry: RecordedTelemetry;
beforeEach(() => {
  executions = new RecordedExecutions();
  telemetry = new RecordedTelemetry();
});

describe('the hook consumer', () => {
  it('starts one execution for a lifecycle action, named after it', async () => {
    await admit(aNotice(), { executions, telemetry });

    expect([...executions.started.keys()]).toEqual([`launch-i-0a1b2c3d4e5f60718-${TOKEN}`]);
  });

  it('starts nothing for a message that comes twice', async () => {
    await admit(aNotice(), { executions, telemetry });
    await admit(aNotice({ RequestId: 'again' }), { executions, telemetry });

    expect(executions.started.size).toBe(1);
  });

  it.each([
    [
      'a test notification',
      JSON.stringify({ Event: 'autoscaling:TEST_NOTIFICATION', AutoScalingGroupName: 'web-blue' }),
    ],
    ['a foreign hook', aNotice({ NotificationMetadata: 'for somebody else' })],
  ])('lets %s go, and says so', async (_, body) => {
    await admit(body, { executions, telemetry });

    expect(executions.started.size).toBe(0);
    expect(telemetry.lines).toHaveLength(1);
  });

  it('refuses what it can never read, so that the dead-letter queue takes it', async () => {
    await expect(admit('nonsense', { executions, telemetry })).rejects.toThrow('not JSON');
  });

  it('keeps the message when the execution could not be started', async () => {
    const throttled = { start: () => Promise.reject(new Error('Rate exceeded')) };

    await expect(admit(aNotice(), { executions: throttled, telemetry })).rejects.toThrow('Rate exceeded');
  });

  it('never logs the token of an action', async () => {
    await admit(aNotice(), { executions, telemetry });

    expect(JSON.stringify(telemetry.lines)).not.toContain(TOKEN);
  });
});
