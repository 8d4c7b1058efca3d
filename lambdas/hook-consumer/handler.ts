import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';

import { admit } from './admit.ts';
import { connect } from './connect.ts';

const ports = connect(process.env); // once per cold start
const batch = new BatchProcessor(EventType.SQS);

const onMessage = async ({ messageId, body }: SQSRecord): Promise<void> => {
  try {
    await admit(body, ports);
  } catch (error) {
    ports.telemetry.error('message not admitted', error, { messageId });
    throw error;
  }
};

/** A batch from the lifecycle queue; a message that fails comes back alone, even if all of them do. */
export const handler = ports.telemetry.around((event: SQSEvent) =>
  processPartialResponse(event, onMessage, batch, { throwOnFullBatchFailure: false }),
);
