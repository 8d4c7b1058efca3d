import type { InvocationResult } from './lambda-function.ts';

/**
 * Which messages of a batch a function has dealt with, by message id. What it has not returns to the queue.
 *
 * With `ReportBatchItemFailures` the function answers `{"batchItemFailures":[{"itemIdentifier":"<messageId>"}]}`:
 * nothing, null or an empty list is success; an answer that cannot be understood, an empty or an unknown
 * identifier fails the whole batch.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function succeededMessages(
  messageIds: readonly string[],
  { payload, functionError }: Pick<InvocationResult, 'payload' | 'functionError'>,
  reportsBatchItemFailures: boolean,
): readonly string[] {
  if (functionError) return [];
  if (!reportsBatchItemFailures) return messageIds;

  const failed = failedItems(JSON.parse(payload));
  if (!failed?.every((id) => messageIds.includes(id))) return [];
  return messageIds.filter((id) => !failed.includes(id));
}

/** Identifiers of failed items; undefined when the answer is malformed. */
function failedItems(answer: unknown): string[] | undefined {
  if (answer === null || answer === '') return [];
  if (typeof answer !== 'object') return undefined;
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(failures)) return undefined;
  const ids = failures.map((failure: unknown) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : undefined;
}
