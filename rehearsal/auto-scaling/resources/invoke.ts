import type { OperationHandler } from '../../endpoint/protocols/operations.ts';
import type { AwsRequest } from '../../endpoint/service.ts';

/** CloudFormation's own call of an operation, which needs no HTTP: nothing here looks at the request. */
const REQUEST: AwsRequest = {
  service: 'autoscaling',
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
  caller: { arn: 'cloudformation.amazonaws.com', accountId: '', accessKeyId: '' },
  requestId: 'cloudformation',
};

export const invoke = (handler: OperationHandler, input: Record<string, unknown>): Promise<unknown> =>
  handler(input, REQUEST);
