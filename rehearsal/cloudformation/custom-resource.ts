import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Route } from '../endpoint/endpoint.ts';
import {
  asCustomResourceProperties,
  type CustomResourceRequest,
  type CustomResourceResponse,
} from './custom-resource-call.ts';
import type { Properties, ProvisionedResource, ResourceContext, ResourceType } from './resource-type.ts';

export const isCustomResource = (type: string): boolean =>
  type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');

/** Longest silence of a function that has not answered, unless `ServiceTimeout` says otherwise. */
const DEFAULT_TIMEOUT_SECONDS = 3600;
const RESPONSES = '/_/custom-resource/';

export interface CustomResourceOptions {
  readonly lambda: LambdaClient;
  readonly clock: Clock;
  readonly route: Route;
  readonly endpoint: () => string;
}

/** Resources that a function of the template makes: `AWS::CloudFormation::CustomResource` and `Custom::…`. */
export function customResourceType({ lambda, clock, route, endpoint }: CustomResourceOptions): ResourceType {
  const waiting = new Map<string, (response: CustomResourceResponse) => void>();

  route(RESPONSES, async ({ path, body }) => {
    const id = path.slice(RESPONSES.length);
    waiting.get(id)?.(JSON.parse(body.toString('utf8')) as CustomResourceResponse);
    return { status: waiting.has(id) ? 200 : 403, body: '' };
  });

  /** @throws Error with the function's own reason, or when it says nothing in time */
  const ask = async (request: CustomResourceRequest): Promise<CustomResourceResponse> => {
    const id = randomUUID();
    const timeoutSeconds = Number(request.ResourceProperties['ServiceTimeout'] ?? DEFAULT_TIMEOUT_SECONDS);
    const { promise, resolve, reject } = Promise.withResolvers<CustomResourceResponse>();
    waiting.set(id, resolve);
    const callOff = clock.after(timeoutSeconds * 1000, () => {
      reject(new Error(`The function ${request.ServiceToken} did not answer within ${timeoutSeconds} seconds`));
    });
    try {
      const ResponseURL = endpoint() + RESPONSES + id;
      await Promise.race([invoke({ ...request, RequestId: id, ResponseURL }, request.ServiceToken), promise]);
      const response = await promise;
      if (response.Status !== 'SUCCESS')
        throw new Error(response.Reason ?? 'The function answered FAILED without a reason');
      return response;
    } finally {
      callOff();
      waiting.delete(id);
    }
  };

  /** CloudFormation would wait for its timeout when the function crashes; a rehearsal tells at once. */
  const invoke = async (payload: object, functionName: string): Promise<void> => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) }),
    );
    if (FunctionError)
      throw new Error(`The function ${functionName} failed: ${Buffer.from(Payload ?? []).toString('utf8')}`);
  };

  return {
    async create(properties, context) {
      const request = requestFor('Create', properties, context);
      return provisioned(await ask(request), context.generateName());
    },
    async update(physicalId, properties, previous, context) {
      const request = {
        ...requestFor('Update', properties, context),
        PhysicalResourceId: physicalId,
        OldResourceProperties: asCustomResourceProperties(previous) as Properties,
      };
      return provisioned(await ask(request), physicalId);
    },
    async delete(physicalId, properties, context) {
      await ask({ ...requestFor('Delete', properties, context), PhysicalResourceId: physicalId });
    },
  };
}

function requestFor(
  RequestType: CustomResourceRequest['RequestType'],
  properties: Properties,
  { stackId, logicalId, type }: ResourceContext,
): CustomResourceRequest {
  return {
    RequestType,
    ServiceToken: String(properties['ServiceToken']),
    StackId: stackId,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: asCustomResourceProperties(properties) as Properties,
  };
}

const provisioned = (
  { PhysicalResourceId, Data = {} }: CustomResourceResponse,
  otherwise: string,
): ProvisionedResource => ({ physicalId: PhysicalResourceId ?? otherwise, attributes: Data });
