import { createHash } from 'node:crypto';
import type { AwsRequest, Caller } from '../endpoint/service.ts';

/** What of a function URL stands in its events. */
interface UrlIdentity {
  readonly urlId: string;
  readonly region: string;
  /** Owner of the function. */
  readonly accountId: string;
  /** With `NONE`, nobody is authorized and nobody's name is known. */
  readonly authType: 'AWS_IAM' | 'NONE';
}

/**
 * The event of payload format 2.0 that a function behind a URL receives.
 * @param rawPath path below the function URL, beginning with a slash
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function urlEvent(url: UrlIdentity, rawPath: string, request: AwsRequest, nowMs: number): object {
  const { cookie } = request.headers;
  const headers = passedOn(request.headers);
  const domainName = `${url.urlId}.lambda-url.${url.region}.on.aws`;
  const query = new Map<string, string>();
  for (const [name, value] of request.query) query.set(name, query.has(name) ? `${query.get(name)},${value}` : value);

  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: request.query.toString(),
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries(query) }),
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: url.accountId,
      apiId: url.urlId,
      authentication: null,
      ...(url.authType === 'AWS_IAM' && { authorizer: { iam: iamAuthorizer(request.caller) } }),
      domainName,
      domainPrefix: url.urlId,
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey: '$default',
      stage: '$default',
      time: accessLogTime(new Date(nowMs)),
      timeEpoch: Math.floor(nowMs),
    },
    ...bodyMembers(request.body, headers['content-type'] ?? ''),
  };
}

/** The signature proves the caller to Lambda and stays there; cookies have a member of their own. */
const passedOn = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'cookie'));

function iamAuthorizer(caller: Caller): object {
  const principalId = uniqueId(caller);
  const callerId = caller.roleArn ? `${principalId}:${caller.sessionName ?? ''}` : principalId;
  return {
    accessKey: caller.accessKeyId,
    accountId: caller.accountId,
    callerId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: caller.arn,
    userId: callerId,
  };
}

/** IAM's unique id of a role or user: it stays the same as long as the principal exists. */
function uniqueId(caller: Caller): string {
  const hash = createHash('sha256')
    .update(caller.roleArn ?? caller.arn)
    .digest();
  const letters = [...hash].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]);
  return `${caller.roleArn ? 'AROA' : 'AIDA'}${letters.slice(0, 17).join('')}`;
}

/** Text types travel as text, everything else as base64: `application/x-amz-json-1.1` is no text to Lambda. */
function bodyMembers(body: Buffer, contentType: string): object {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.-]+\+(json|xml)\b)/.test(contentType);
  return { body: body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };
}

/** `31/Jul/2026:12:00:00 +0000` */
function accessLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
