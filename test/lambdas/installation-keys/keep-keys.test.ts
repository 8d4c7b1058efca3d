import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';

import { readInstallationKeys } from '../../../core/signing/installation-keys.ts';
import { keepKeys } from '../../../lambdas/installation-keys/keep-keys.ts';
import { MemoryParameter } from '../doubles/memory-parameter.ts';
import { NOON, RecordedResponses, RecordedTelemetry } from '../doubles/recorded-engine.ts';

let keys: MemoryParameter;
let responses: RecordedResponses;
let telemetry: RecordedTelemetry;
beforeEach(() => {
  keys = new MemoryParameter();
  responses = new RecordedResponses();
  telemetry = new RecordedTelemetry();
});

const run = (RequestType: CloudFormationCustomResourceEvent['RequestType'], StackId = 'stack/engine/1') =>
  keepKeys(
    {
      RequestType,
      StackId,
      RequestId: 'request-1',
      LogicalResourceId: 'Keys',
      ResponseURL: 'https://cloudformation.example/answer',
    } as CloudFormationCustomResourceEvent,
    { keys, respond: responses.respond, telemetry, clock: () => NOON },
  );

describe('the keys of an installation', () => {
  it('are made with the engine', async () => {
    await run('Create');

    expect(responses.last).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'installation-keys' });
    expect(readInstallationKeys(keys.value ?? '').hostSecretKey).toHaveLength(32);
    expect(keys.value?.length).toBeLessThan(4096);
  });

  it('stay the same when the request comes twice and when the engine is updated', async () => {
    await run('Create');
    const first = keys.value;
    await run('Create');
    await run('Update');

    expect(responses.last?.Status).toBe('SUCCESS');
    expect(keys.value).toBe(first);
  });

  it('go with the engine, even when they were never made', async () => {
    await run('Create');
    await run('Delete');
    await run('Delete');

    expect(responses.last?.Status).toBe('SUCCESS');
    expect(keys.value).toBeUndefined();
  });

  it('are not those of another stack, which keeps them when that one is rolled back', async () => {
    await run('Create');
    const first = keys.value;
    await run('Create', 'stack/second-engine/2');
    const refused = responses.last;
    await run('Delete', 'stack/second-engine/2');

    expect(refused).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Another stack') });
    expect(responses.last?.Status).toBe('SUCCESS');
    expect(keys.value).toBe(first);
  });

  it('stand in no log, and neither does an error’s text in the answer', async () => {
    keys.create = () => Promise.reject(new Error('not allowed'));

    await run('Create');

    expect(responses.last).toMatchObject({ Status: 'FAILED', Reason: expect.not.stringContaining('not allowed') });
    expect(JSON.stringify(telemetry.lines)).not.toContain('privateKey');
  });
});
