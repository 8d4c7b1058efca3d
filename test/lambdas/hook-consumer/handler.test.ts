import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { aNotice } from '../doubles/notice.ts';

vi.stubEnv('SLIPWAY_STATE_MACHINE_ARN', 'arn:machine');
vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
const stepFunctions = mockClient(SFNClient);
const { handler } = await import('../../../lambdas/hook-consumer/handler.ts');
afterAll(() => vi.unstubAllEnvs()); // the next file has the same environment

const batchOf = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({ messageId: `message-${index}`, body }) as SQSEvent['Records'][number]),
});

beforeEach(() => {
  stepFunctions.reset();
  stepFunctions.on(StartExecutionCommand).resolves({});
});

describe('a batch from the lifecycle queue', () => {
  it('is done when every message is admitted', async () => {
    expect(await handler(batchOf(aNotice(), aNotice()))).toEqual({ batchItemFailures: [] });
  });

  it('gives back the message that failed, and only that', async () => {
    expect(await handler(batchOf(aNotice(), 'nonsense', aNotice()))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
  });

  it('gives back every message when all of them failed', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new Error('Rate exceeded'));

    expect(await handler(batchOf(aNotice(), aNotice()))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-1' }],
    });
  });
});
