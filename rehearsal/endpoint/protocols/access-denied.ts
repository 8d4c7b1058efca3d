import type { Refusal } from '../../permissions/refusal.ts';
import type { AwsRequest, AwsResponse } from '../service.ts';
import { escapeXml } from './xml.ts';

/** A refusal in the protocol that the request speaks, with the code and the status that its service gives it. */
export function accessDenied(request: AwsRequest, { message }: Refusal): AwsResponse {
  const { service, headers } = request;
  if (service === 's3') return restXml(message, request.requestId);
  if (headers['x-amz-target']) return json(message, request);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') || request.query.has('Action')) {
    return service === 'ec2' ? ec2Form(message, request.requestId) : queryForm(message, request);
  }
  return {
    status: 403,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
    body: JSON.stringify({ Message: message }),
  };
}

/** Services that once spoke the Query protocol still tell their clients the code of that time. */
const FORMER_QUERY_SERVICES = ['sqs', 'monitoring'];

function json(message: string, { service, headers }: AwsRequest): AwsResponse {
  const former = FORMER_QUERY_SERVICES.includes(service);
  return {
    status: former ? 403 : 400,
    headers: {
      'content-type': headers['content-type'] ?? 'application/x-amz-json-1.0',
      ...(former && { 'x-amzn-query-error': 'AccessDenied;Sender' }),
    },
    body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message }),
  };
}

function queryForm(message: string, { service, requestId }: AwsRequest): AwsResponse {
  const code = service === 'sns' ? 'AuthorizationError' : 'AccessDenied';
  return xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

function ec2Form(message: string, requestId: string): AwsResponse {
  const text = `You are not authorized to perform this operation. ${message}`;
  return xml(
    `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>${escapeXml(text)}</Message></Error></Errors>` +
      `<RequestID>${requestId}</RequestID></Response>`,
  );
}

const restXml = (message: string, requestId: string): AwsResponse =>
  xml(
    `<Error><Code>AccessDenied</Code><Message>${escapeXml(message)}</Message><RequestId>${requestId}</RequestId></Error>`,
  );

const xml = (body: string): AwsResponse => ({
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
