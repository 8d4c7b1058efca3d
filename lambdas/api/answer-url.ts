import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';

import { answer, type Listener } from '../../api/answer.ts';
import type { Ports } from '../../api/operation.ts';
import type { Telemetry } from '../telemetry.ts';

/** One call of the API that came through the function URL; Lambda has verified who calls. */
export async function answerUrl(
  { headers, body = '', isBase64Encoded, requestContext }: LambdaFunctionURLEvent,
  ports: Ports,
  telemetry: Telemetry,
): Promise<LambdaFunctionURLResult> {
  const { status, ...response } = await answer(
    {
      target: headers['x-amz-target'],
      body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
      requestId: requestContext.requestId,
    },
    ports,
    listenWith(telemetry),
  );
  return { statusCode: status, ...response };
}

/** Texts of a refusal repeat what the caller sent, and so stay out of the log. */
function listenWith(telemetry: Telemetry): Listener {
  return {
    answered: (operation) => telemetry.info('call answered', { operation }),
    refused: (operation, { code }) => telemetry.info('call refused', { operation, code }),
    failed: (operation, error) => telemetry.error('call failed', error, { operation }),
  };
}
