import { createHash } from 'node:crypto';
import { restJsonError } from '../endpoint/protocols/rest-json.ts';
import { AwsError, type AwsRequest, type AwsResponse, type Service } from '../endpoint/service.ts';
import { unknownOperation } from '../endpoint/protocols/unknown-operation.ts';
import type { AsynchronousInvocations } from './asynchronous-invocation.ts';
import type { FunctionRegistry } from './function-registry.ts';
import type { FunctionUrls } from './function-url.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import { invoke } from './invoke-operation.ts';
import type { Access } from '../permissions/access.ts';
import type { LambdaFunction } from './lambda-function.ts';

export interface LambdaState {
  readonly functions: FunctionRegistry;
  readonly asynchronous: AsynchronousInvocations;
  readonly urls: FunctionUrls;
  readonly mappings: EventSourceMappings;
}

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** @param parameter the path's one variable part, decoded */
  handle(state: LambdaState, parameter: string, request: AwsRequest): unknown;
}

const FUNCTIONS = '/2015-03-31/functions';
const MAPPINGS = '/2015-03-31/event-source-mappings';

const OPERATIONS: readonly Operation[] = [
  {
    name: 'ListFunctions',
    method: 'GET',
    path: new RegExp(`^${FUNCTIONS}/?$`),
    handle: ({ functions }, _, { query }) => page('Functions', functions.all().map(describe), query),
  },
  {
    name: 'GetFunction',
    method: 'GET',
    path: new RegExp(`^${FUNCTIONS}/([^/]+)$`),
    handle: ({ functions }, name) => {
      const found = functions.find(name);
      const { reservedConcurrency, taskRoot } = found.configuration;
      return {
        Configuration: describe(found),
        Code: { RepositoryType: 'S3', Location: `file://${taskRoot}` },
        Tags: {},
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      };
    },
  },
  {
    name: 'GetFunctionConfiguration',
    method: 'GET',
    path: new RegExp(`^${FUNCTIONS}/([^/]+)/configuration$`),
    handle: ({ functions }, name) => describe(functions.find(name)),
  },
  {
    name: 'GetFunctionUrlConfig',
    method: 'GET',
    path: /^\/2021-10-31\/functions\/([^/]+)\/url$/,
    handle: ({ functions, urls }, name) => urls.describe(functions.find(name)),
  },
  {
    name: 'ListFunctionUrlConfigs',
    method: 'GET',
    path: /^\/2021-10-31\/functions\/([^/]+)\/urls$/,
    handle: ({ functions, urls }, name) => ({ FunctionUrlConfigs: urls.list(functions.find(name)) }),
  },
  {
    name: 'ListEventSourceMappings',
    method: 'GET',
    path: new RegExp(`^${MAPPINGS}/?$`),
    handle: ({ functions, mappings }, _, { query }) => {
      const functionName = query.get('FunctionName');
      const functionArn = functionName ? functions.find(functionName).configuration.functionArn : undefined;
      return page('EventSourceMappings', mappings.list(functionArn, query.get('EventSourceArn') ?? undefined), query);
    },
  },
  {
    name: 'GetEventSourceMapping',
    method: 'GET',
    path: new RegExp(`^${MAPPINGS}/([^/]+)$`),
    handle: ({ mappings }, uuid) => mappings.describe(uuid),
  },
];

const INVOKE_PATH = new RegExp(`^${FUNCTIONS}/([^/]+)/invocations$`);

/** Lambda's REST API, as far as clients of a deployed stack use it. */
export function lambdaService(state: LambdaState): Service {
  const handle = async (request: AwsRequest): Promise<AwsResponse> => {
    const invoked = request.method === 'POST' ? INVOKE_PATH.exec(request.path)?.[1] : undefined;
    if (invoked) return guarded('Invoke', () => invoke(state, decodeURIComponent(invoked), request));

    for (const { name, method, path, handle: operation } of OPERATIONS) {
      const match = method === request.method ? path.exec(request.path) : null;
      if (!match) continue;
      return guarded(name, () => {
        const output = operation(state, decodeURIComponent(match[1] ?? ''), request);
        return {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(output),
          notes: { operation: name },
        };
      });
    }
    return unknownOperation(request);
  };
  const operations = ['Invoke', ...OPERATIONS.map(({ name }) => name)];
  return { signingNames: ['lambda'], operations, handle, access: (request) => accessTo(request, state) };
}

/** Leave for an operation: on the function that its path names. Invoke is the one whose action has another name. */
function accessTo(request: AwsRequest, { functions }: LambdaState): readonly Access[] {
  const invoked = request.method === 'POST' ? INVOKE_PATH.exec(request.path)?.[1] : undefined;
  if (invoked)
    return [{ action: 'lambda:InvokeFunction', resources: [functions.arnNamed(decodeURIComponent(invoked))] }];
  for (const { name, method, path } of OPERATIONS) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    const named = match[1] !== undefined && path.source.includes('functions');
    return [
      { action: `lambda:${name}`, resources: named ? [functions.arnNamed(decodeURIComponent(match[1] ?? ''))] : ['*'] },
    ];
  }
  return [];
}

async function guarded(operation: string, answer: () => AwsResponse | Promise<AwsResponse>): Promise<AwsResponse> {
  try {
    return await answer();
  } catch (error) {
    return restJsonError(error, operation);
  }
}

/** A page that starts after the item number that the marker holds. */
function page(member: string, items: readonly unknown[], query: URLSearchParams): Record<string, unknown> {
  const start = Number(query.get('Marker') ?? 0);
  const size = Number(query.get('MaxItems') ?? 50);
  if (Number.isNaN(start))
    throw new AwsError('InvalidParameterValueException', 'The marker is not one that was returned');
  const next = start + size;
  return { [member]: items.slice(start, next), ...(next < items.length && { NextMarker: String(next) }) };
}

/** Lambda's FunctionConfiguration. */
function describe({ configuration, lastModified }: LambdaFunction): Record<string, unknown> {
  return {
    FunctionName: configuration.functionName,
    FunctionArn: configuration.functionArn,
    Runtime: configuration.runtime,
    Role: configuration.roleArn,
    Handler: configuration.handler,
    Description: configuration.description,
    Timeout: configuration.timeoutSeconds,
    MemorySize: configuration.memoryMb,
    LastModified: new Date(lastModified).toISOString().replace('Z', '+0000'),
    CodeSha256: createHash('sha256').update(configuration.taskRoot).digest('base64'),
    Version: '$LATEST',
    Environment: { Variables: configuration.variables },
    TracingConfig: { Mode: 'PassThrough' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: configuration.architectures,
    LoggingConfig: { LogFormat: configuration.logFormat, LogGroup: configuration.logGroupName },
  };
}
