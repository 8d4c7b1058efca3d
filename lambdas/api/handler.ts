import type { LambdaFunctionURLEvent } from 'aws-lambda';

import { answerUrl } from './answer-url.ts';
import { connect } from './connect.ts';

const { ports, telemetry } = connect(process.env); // once per cold start

/** One call of CodeDeploy’s API. */
export const handler = telemetry.around((event: LambdaFunctionURLEvent) => answerUrl(event, ports, telemetry));
