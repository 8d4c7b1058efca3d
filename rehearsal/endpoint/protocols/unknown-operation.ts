import type { AwsRequest, AwsResponse } from '../service.ts';
import { escapeXml } from './xml.ts';

/** AWS's own "no such operation", in the protocol that the request speaks: for services that nobody here serves. */
export function unknownOperation(request: AwsRequest): AwsResponse {
  const { service, headers, path } = request;
  const message = `The rehearsal does not serve ${service || 'this service'}`;
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cborError(message);
  if (headers['x-amz-target']) {
    const type = headers['content-type'] ?? 'application/x-amz-json-1.0';
    const body = JSON.stringify({ __type: 'UnknownOperationException', message });
    return { status: 400, headers: { 'content-type': type }, body };
  }
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') || request.query.has('Action')) {
    return queryError(message, request.requestId);
  }
  if (REST_XML_SERVICES.includes(service)) return restXmlError(message, request.requestId);
  const body = JSON.stringify({ message: `${message} (${request.method} ${path})` });
  return {
    status: 404,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
    body,
  };
}

function queryError(message: string, requestId: string): AwsResponse {
  const body =
    `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${escapeXml(message)}</Message></Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: 400, headers: { 'content-type': 'text/xml' }, body };
}

/** Signing names of the services that speak REST with XML; a request does not show it. */
const REST_XML_SERVICES = ['route53', 'cloudfront', 's3', 's3express', 's3-outposts'];

function restXmlError(message: string, requestId: string): AwsResponse {
  const body =
    `<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperationException</Code>` +
    `<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: 404, headers: { 'content-type': 'text/xml' }, body };
}

/** `{__type, message}` in CBOR: a map of two pairs of text strings (RFC 8949). */
function cborError(message: string): AwsResponse {
  const words = ['__type', 'UnknownOperationException', 'message', message];
  const body = Buffer.concat([Buffer.of(0xa2), ...words.map(cborText)]);
  const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
  return { status: 400, headers, body, notes: { error: 'UnknownOperationException' } };
}

function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.of(0x79, bytes.length >> 8, bytes.length & 0xff), bytes]);
}
