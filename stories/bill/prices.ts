/**
 * List prices of us-east-1 in USD, without free tiers.
 * @see https://aws.amazon.com/step-functions/pricing/ https://aws.amazon.com/lambda/pricing/
 *   https://aws.amazon.com/dynamodb/pricing/on-demand/ https://aws.amazon.com/sqs/pricing/
 */
export const PRICES = {
  stateTransition: 25 / 1_000_000,
  lambdaRequest: 0.2 / 1_000_000,
  /** Functions run on Graviton (arm64). */
  lambdaGigabyteSecond: 0.0000133334,
  tableWriteUnit: 0.625 / 1_000_000,
  tableReadUnit: 0.125 / 1_000_000,
  queueRequest: 0.4 / 1_000_000,
} as const;
