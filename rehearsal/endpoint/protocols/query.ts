import { plainAccess } from '../../permissions/plain-access.ts';
import { AwsError, type AwsRequest, type AwsResponse, type Service } from '../service.ts';
import { toWireError, type AccessOf, type Operations, type WireError } from './operations.ts';
import { decodeQueryParameters } from './query-parameters.ts';
import { element, escapeXml, renderXml } from './xml.ts';

export interface QueryServiceOptions {
  readonly signingNames: readonly string[];
  /** API version, `2011-01-01`; a request for another version finds no operation. */
  readonly version: string;
  /** XML namespace of the answers. */
  readonly namespace: string;
  readonly operations: Operations;
  readonly access?: AccessOf;
}

/**
 * A service of the Query protocol (Auto Scaling, CloudFormation, STS, …). An operation that returns undefined
 * answers without a Result element, `{}` with an empty one.
 */
export function queryService(options: QueryServiceOptions): Service {
  return formService(options, {
    success: (operation, output, requestId) => {
      const result = output === undefined ? '' : element(`${operation}Result`, output, 'member');
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      return `<${operation}Response xmlns="${options.namespace}">${result}${metadata}</${operation}Response>`;
    },
    failure: ({ code, message, status, members }, requestId) =>
      `<ErrorResponse xmlns="${options.namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${renderXml(members, 'member')}</Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  });
}

/** A service of EC2's variant of the Query protocol: no Result element, lists of `<item>`. */
export function ec2Service(options: QueryServiceOptions): Service {
  return formService(options, {
    success: (operation, output, requestId) =>
      `<${operation}Response xmlns="${options.namespace}"><requestId>${requestId}</requestId>` +
      `${renderXml((output ?? { return: true }) as Record<string, unknown>, 'item')}</${operation}Response>`,
    failure: ({ code, message }, requestId) =>
      `<Response><Errors><Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error></Errors>` +
      `<RequestID>${requestId}</RequestID></Response>`,
  });
}

interface Rendering {
  success(operation: string, output: unknown, requestId: string): string;
  failure(error: WireError, requestId: string): string;
}

function formService({ signingNames, version, operations, access }: QueryServiceOptions, render: Rendering): Service {
  const handle = async (request: AwsRequest): Promise<AwsResponse> => {
    const { Action, Version, ...input } = decodeQueryParameters(parametersOf(request));
    const operation = typeof Action === 'string' ? Action : '';
    try {
      const handler = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!handler || (Version !== undefined && Version !== version))
        throw invalidAction(operation, Version ?? version);
      const output = await handler(input, request);
      return {
        status: 200,
        headers: XML,
        body: XML_DECLARATION + render.success(operation, output, request.requestId),
      };
    } catch (thrown) {
      const error = toWireError(thrown, `${request.service} ${operation}`);
      return {
        status: error.status,
        headers: XML,
        body: XML_DECLARATION + render.failure(error, request.requestId),
        notes: { operation, error: error.code, ...(error.warning && { warning: error.warning }) },
      };
    }
  };
  return {
    signingNames,
    operations: Object.keys(operations),
    handle,
    access: (request) => {
      const input = decodeQueryParameters(parametersOf(request));
      const operation = typeof input['Action'] === 'string' ? input['Action'] : '';
      return access?.(operation, input) ?? plainAccess(request.service, operation, input);
    },
  };
}

/** A form may travel in the body or, with GET, in the query string. */
function parametersOf({ query, body }: AwsRequest): URLSearchParams {
  return new URLSearchParams([...query, ...new URLSearchParams(body.toString('utf8'))]);
}

const invalidAction = (operation: string, version: unknown): AwsError =>
  new AwsError('InvalidAction', `Could not find operation ${operation} for version ${String(version)}`);

const XML = { 'content-type': 'text/xml' };
const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
