import { operationOf } from '../endpoint/call-notes.ts';
import { readable } from '../endpoint/protocols/json.ts';
import { decodeQueryParameters } from '../endpoint/protocols/query-parameters.ts';
import type { AwsRequest } from '../endpoint/service.ts';
import type { Access } from '../permissions/access.ts';
import { orAll, plainAccess } from '../permissions/plain-access.ts';

/** Leave for the operations of SQS and SNS. A batch needs what each of its messages would. */
export function messagingAccess(request: AwsRequest, scope: { region: string; accountId: string }): Access[] {
  const operation = operationOf(request).replace(/Batch$/, '');
  const input = request.headers['x-amz-target']
    ? readable(request.body)
    : decodeQueryParameters([...request.query, ...new URLSearchParams(request.body.toString('utf8'))]);
  if (request.service === 'sns') return plainAccess('sns', operation, input);

  const name = String(input['QueueUrl'] ?? input['QueueName'] ?? '');
  const queue = name.slice(name.lastIndexOf('/') + 1);
  const arn = `arn:aws:sqs:${scope.region}:${scope.accountId}:${queue}`;
  return [{ action: `sqs:${operation}`, resources: orAll(queue === '' ? [] : [arn]) }];
}
