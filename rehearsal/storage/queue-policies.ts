import { operationOf } from '../endpoint/call-notes.ts';
import { readable } from '../endpoint/protocols/json.ts';
import type { AwsRequest } from '../endpoint/service.ts';
import { policyDocument, type Policies } from '../permissions/policies.ts';

const WITH_ATTRIBUTES = ['CreateQueue', 'SetQueueAttributes'];

/**
 * Writes down the policy that a call gives its queue, for whoever checks calls; an empty one takes it away. Templates give
 * theirs by a resource of its own.
 * @param request of SQS, in its JSON protocol, which the queue's keeper has answered with success
 */
export function noteQueuePolicy(
  request: AwsRequest,
  { policies, region, accountId }: { policies: Policies; region: string; accountId: string },
): void {
  if (request.service !== 'sqs' || !WITH_ATTRIBUTES.includes(operationOf(request))) return;
  const { QueueUrl, QueueName, Attributes } = readable(request.body);
  const text = (Attributes as Record<string, unknown> | undefined)?.['Policy'];
  if (typeof text !== 'string') return;
  const name = String(QueueName ?? QueueUrl);
  const queue = name.slice(name.lastIndexOf('/') + 1);
  const id = `queue-policy/${queue}`;
  policies.removeResourcePolicy(id);
  if (text === '') return;
  const document = policyDocument(JSON.parse(text));
  policies.putResourcePolicy(`arn:aws:sqs:${region}:${accountId}:${queue}`, { id, document });
}
