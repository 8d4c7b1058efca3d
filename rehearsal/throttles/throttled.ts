import type { AwsRequest, AwsResponse } from '../endpoint/service.ts';

/** The codes of the services that have request rates, and how they put them. SDKs try again after each of them. */
const FORMS: Readonly<Record<string, (requestId: string) => AwsResponse>> = {
  autoscaling: (requestId) => query('Throttling', requestId),
  elasticloadbalancing: (requestId) => query('ThrottlingException', requestId),
  ec2: (requestId) => ({
    status: 503,
    ...XML,
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>RequestLimitExceeded</Code>' +
      `<Message>Request limit exceeded.</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  }),
};

const XML = { headers: { 'content-type': 'text/xml' } };

/** How a service says that it is asked too often. */
export function throttled({ service, requestId, headers }: AwsRequest): AwsResponse {
  return FORMS[service]?.(requestId) ?? json(headers['content-type']);
}

const query = (code: string, requestId: string): AwsResponse => ({
  status: 400,
  ...XML,
  body:
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Rate exceeded</Message></Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`,
});

const json = (contentType = 'application/x-amz-json-1.0'): AwsResponse => ({
  status: 400,
  headers: { 'content-type': contentType },
  body: JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }),
});
