import { z } from 'zod';
import type { Properties, ResourceContext, ResourceType, ResourceTypes } from '../cloudformation/resource-type.ts';
import { refusalToServe } from '../identity/assume-role.ts';
import type { Ground } from '../part.ts';
import { DEFAULT_EVENT_INVOKE, type EventInvokeConfiguration } from './asynchronous-invocation.ts';
import { codeDirectory } from './function-code.ts';
import { functionConfiguration } from './function-configuration.ts';
import { permissionType } from './permission-type.ts';
import type { LambdaState } from './lambda-api.ts';
import { LambdaFunction } from './lambda-function.ts';
import type { Surroundings } from './surroundings.ts';
import { declared } from '../cloudformation/property-table.ts';
import { lambdaProperties } from './properties.ts';

/** How Lambda's CloudFormation types come to life. */
export function lambdaResourceTypes(ground: Ground, surroundings: Surroundings, state: LambdaState): ResourceTypes {
  const layers = new Map<string, string>();
  return declared(
    {
      'AWS::Lambda::Function': functionType(ground, surroundings, state, layers),
      'AWS::Lambda::Url': urlType(state),
      'AWS::Lambda::EventSourceMapping': eventSourceMappingType(state),
      'AWS::Lambda::EventInvokeConfig': eventInvokeConfigType(state),
      'AWS::Lambda::LayerVersion': layerVersionType(ground, surroundings, layers),
      'AWS::Lambda::Permission': permissionType(ground, state.functions),
      'AWS::Lambda::Version': versionType(state),
      'AWS::Lambda::Alias': aliasType(state),
    },
    lambdaProperties,
  );
}

function functionType(
  ground: Ground,
  surroundings: Surroundings,
  { functions }: LambdaState,
  layerDirectories: ReadonlyMap<string, string>,
): ResourceType {
  const put = async (functionName: string, properties: Properties, { logicalId }: ResourceContext) => {
    const functionArn = functions.arnOf(functionName);
    const taskRoot = await codeDirectory(ground, surroundings, properties['Code'], functionName);
    await requireTrust(ground, properties);
    const configuration = functionConfiguration(properties, { functionName, functionArn, logicalId, taskRoot });
    const layers = configuration.layers.map((layer) => layerDirectories.get(layer) ?? unknownLayer(layer, logicalId));
    functions.put(new LambdaFunction(ground, surroundings, { ...configuration, layers }));
    return { physicalId: functionName, attributes: { Arn: functionArn } };
  };
  return {
    create: (properties, context) =>
      put(text(properties['FunctionName']) ?? context.generateName(64), properties, context),
    update: (functionName, properties, _, context) => put(functionName, properties, context),
    async delete(functionName) {
      functions.remove(functionName);
    },
  };
}

/** @throws Error in Lambda's words when the role does not trust it */
async function requireTrust(ground: Ground, { Role }: Properties): Promise<void> {
  const refusal = await refusalToServe(ground, String(Role), 'lambda.amazonaws.com');
  if (refusal) throw new Error('The role defined for the function cannot be assumed by Lambda.');
}

/**
 * Metadata of a function URL by which a template says that the function plays a service of AWS's: clients who sign for
 * this name reach it at the endpoint itself, as they would reach the service.
 */
const SIGNING_NAME = 'Rehearsal::SigningName';

function urlType({ functions, urls }: LambdaState): ResourceType {
  const schema = z.object({ TargetFunctionArn: z.string(), AuthType: z.enum(['AWS_IAM', 'NONE']) });
  const put = async (properties: Properties, { metadata }: ResourceContext) => {
    const { TargetFunctionArn, AuthType } = schema.parse(properties);
    const { functionArn } = functions.find(TargetFunctionArn).configuration;
    const FunctionUrl = urls.create(functionArn, AuthType, text(metadata[SIGNING_NAME]));
    return { physicalId: functionArn, attributes: { FunctionUrl, FunctionArn: functionArn } };
  };
  return {
    create: put,
    update: (_, properties, _previous, context) => put(properties, context),
    async delete(functionArn) {
      urls.remove(functionArn);
    },
  };
}

function eventSourceMappingType({ mappings }: LambdaState): ResourceType {
  const provisioned = (uuid: string) => ({ physicalId: uuid, attributes: { Id: uuid } });
  return {
    create: async (properties) => provisioned(mappings.create(properties)),
    update: async (uuid, properties) => provisioned(mappings.create(properties, uuid)),
    async delete(uuid) {
      mappings.remove(uuid);
    },
  };
}

function eventInvokeConfigType({ functions, asynchronous }: LambdaState): ResourceType {
  const destination = z.object({ Destination: z.string() }).optional();
  const schema = z.object({
    FunctionName: z.string(),
    MaximumRetryAttempts: z.coerce.number().default(DEFAULT_EVENT_INVOKE.maximumRetryAttempts),
    MaximumEventAgeInSeconds: z.coerce.number().default(DEFAULT_EVENT_INVOKE.maximumEventAgeSeconds),
    DestinationConfig: z.object({ OnSuccess: destination, OnFailure: destination }).default({}),
  });
  const put = async (properties: Properties) => {
    const { DestinationConfig, ...read } = schema.parse(properties);
    const { functionName } = functions.find(read.FunctionName).configuration;
    const [onSuccess, onFailure] = [DestinationConfig.OnSuccess, DestinationConfig.OnFailure];
    const configuration: EventInvokeConfiguration = {
      maximumRetryAttempts: read.MaximumRetryAttempts,
      maximumEventAgeSeconds: read.MaximumEventAgeInSeconds,
      ...(onSuccess && { onSuccessArn: onSuccess.Destination }),
      ...(onFailure && { onFailureArn: onFailure.Destination }),
    };
    asynchronous.configure(functionName, configuration);
    return { physicalId: functionName };
  };
  return {
    create: put,
    update: (_, properties) => put(properties),
    async delete(functionName) {
      asynchronous.configure(functionName, undefined);
    },
  };
}

function layerVersionType(ground: Ground, surroundings: Surroundings, layers: Map<string, string>): ResourceType {
  return {
    async create(properties, context) {
      const name = text(properties['LayerName']) ?? context.generateName(64);
      const arn = `arn:aws:lambda:${ground.region}:${ground.accountId}:layer:${name}:${layers.size + 1}`;
      layers.set(arn, await codeDirectory(ground, surroundings, properties['Content'], name));
      return { physicalId: arn };
    },
    async delete(arn) {
      layers.delete(arn);
    },
  };
}

/** There is one version of each function; every version and alias leads to it. */
function versionType({ functions }: LambdaState): ResourceType {
  return {
    async create(properties) {
      const { functionArn } = functions.find(text(properties['FunctionName']) ?? '').configuration;
      const arn = `${functionArn}:1`;
      return { physicalId: arn, attributes: { FunctionArn: arn, Version: '1' } };
    },
    update: async (physicalId) => ({ physicalId, attributes: { FunctionArn: physicalId, Version: '1' } }),
  };
}

function aliasType({ functions }: LambdaState): ResourceType {
  const put = async (properties: Properties) => {
    const { functionArn } = functions.find(text(properties['FunctionName']) ?? '').configuration;
    const arn = `${functionArn}:${text(properties['Name']) ?? ''}`;
    return { physicalId: arn, attributes: { AliasArn: arn } };
  };
  return { create: put, update: (_, properties) => put(properties) };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function unknownLayer(layer: string, logicalId: string): never {
  throw new Error(`${logicalId} uses the layer ${layer}, which no template of the assembly makes`);
}
