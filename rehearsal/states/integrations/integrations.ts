import type { Ground } from '../../part.ts';
import { lambdaFunctionEvents, serviceTaskEvents } from '../history/task-events.ts';
import { isObject } from '../language/json.ts';
import type { Json, JsonObject } from '../language/json.ts';
import { StatesError } from '../language/states-error.ts';
import type { Execution } from '../run/execution.ts';
import { httpMetadata } from './http-metadata.ts';
import type { Integration, TaskCall, TaskServices } from './integration.ts';
import { joinExecution } from './join-execution.ts';
import { readInvocation } from './lambda-function.ts';
import { OPTIMIZED_SERVICES } from './optimized-services.ts';
import type { OptimizedService } from './optimized-services.ts';
import { parseResource } from './resource-arn.ts';
import type { Resource } from './resource-arn.ts';
import type { RoleLeave } from '../role-leave.ts';
import { RoleClients } from './role-clients.ts';
import { loadAction } from './sdk-call.ts';
import type { SdkAction, SdkAnswer } from './sdk-call.ts';
import { SDK_SERVICES } from './sdk-services.ts';
import type { SdkService } from './sdk-services.ts';
import { optimizedError, sdkError } from './service-error.ts';

type JoiningIntegration = Extract<Integration, { pattern: 'sync' }>;
type ServiceResource = Exclude<Resource, { kind: 'function' }>;

/** A Resource that cannot be played here. */
export class UnsupportedResource extends Error {}

/** The services behind the endpoint, by SDK clients. A resource is prepared when a definition names it, and is then at hand. */
export class Integrations implements TaskServices {
  readonly #ground: Ground;
  readonly #clients: RoleClients;
  readonly #leave: RoleLeave;
  readonly #findExecution: (arn: string) => Execution | undefined;
  readonly #prepared = new Map<string, Integration>();

  constructor(ground: Ground, leave: RoleLeave, findExecution: (arn: string) => Execution | undefined) {
    this.#ground = ground;
    this.#clients = new RoleClients(ground);
    this.#leave = leave;
    this.#findExecution = findExecution;
  }

  /** @throws UnsupportedResource naming what is missing */
  async prepare(arn: string): Promise<void> {
    if (this.#prepared.has(arn)) return;
    const resource = parseResource(arn);
    if (!resource) throw new UnsupportedResource(`The rehearsal does not play the resource ${arn}`);
    const integration =
      resource.kind === 'function'
        ? await this.#function(resource.functionArn)
        : resource.kind === 'aws-sdk'
          ? await this.#sdk(resource)
          : await this.#optimized(resource);
    this.#prepared.set(arn, integration);
  }

  of(arn: string): Integration {
    const integration = this.#prepared.get(arn);
    if (!integration) throw new UnsupportedResource(`The resource ${arn} was never prepared`);
    return integration;
  }

  close(): void {
    this.#clients.close();
  }

  async #function(functionArn: string): Promise<Integration> {
    const { service, action, names } = await this.#optimizedAction('lambda', 'invoke');
    const start = async ({ parameters, ...caller }: TaskCall): Promise<Json> => {
      const invocation = { FunctionName: functionArn, Payload: parameters };
      const { output } = await call(action, { ...caller, parameters: invocation }, (fault) =>
        optimizedError(fault, service, names),
      );
      return readInvocation(output)['Payload'] ?? null;
    };
    return { name: functionArn, pattern: 'requestResponse', events: lambdaFunctionEvents(functionArn), start };
  }

  async #sdk(resource: ServiceResource): Promise<Integration> {
    const { service, action } = await this.#action(resource.service, resource.action);
    const start = async (task: TaskCall): Promise<Json> => {
      const { output } = await call(action, task, (fault) => sdkError(fault, service));
      return output;
    };
    if (resource.suffix.startsWith('.sync'))
      throw unsupported(resource, `${resource.suffix} is for optimized integrations`);
    return { ...this.#described(resource), pattern: patternOf(resource), start };
  }

  async #optimized(resource: ServiceResource): Promise<Integration> {
    const { service, action, names } = await this.#optimizedAction(resource.service, resource.action);
    const start = async (task: TaskCall): Promise<Json> => {
      const answer = await call(action, task, (fault) => optimizedError(fault, service, names));
      return { ...read(resource, answer), ...httpMetadata(answer.metadata) };
    };
    const described = this.#described(resource);
    if (!resource.suffix.startsWith('.sync')) return { ...described, pattern: patternOf(resource), start };
    if (resource.service !== 'states') throw unsupported(resource, 'only states:startExecution is played with .sync');
    const join: JoiningIntegration['join'] = async (started, settled, { roleArn, sessionName: machineName }) => {
      const child = this.#findExecution(executionArnIn(started));
      if (!child) throw new Error(`No execution came of ${JSON.stringify(started)}`);
      const { arn } = child.plan;
      const role = { roleArn, machineName };
      await this.#leave.require(role, 'DescribeExecution', arn);
      return joinExecution(child, {
        parse: resource.suffix === '.sync:2',
        settled,
        mayStop: async () => (await this.#leave.refusal(role, ['states:StopExecution'], arn)) === undefined,
      });
    };
    return { ...described, pattern: 'sync', start, join };
  }

  #described(resource: ServiceResource): Pick<Integration, 'name' | 'events'> {
    const resourceType = resource.kind === 'aws-sdk' ? `aws-sdk:${resource.service}` : resource.service;
    const events = serviceTaskEvents(resourceType, `${resource.action}${resource.suffix}`, this.#ground.region);
    return { name: resourceType, events };
  }

  async #action(serviceName: string, actionName: string): Promise<{ service: SdkService; action: SdkAction }> {
    const service = SDK_SERVICES[serviceName];
    const action = service && (await loadAction(service, actionName, this.#clients));
    if (!service || !action) throw new UnsupportedResource(`The rehearsal does not play ${serviceName}:${actionName}`);
    return { service, action };
  }

  async #optimizedAction(
    serviceName: string,
    actionName: string,
  ): Promise<{ service: SdkService; action: SdkAction; names: OptimizedService['names'] }> {
    const optimized = OPTIMIZED_SERVICES[serviceName];
    if (!optimized?.actions.includes(actionName)) {
      throw new UnsupportedResource(`The rehearsal does not play ${serviceName}:${actionName}; try aws-sdk:…`);
    }
    return { ...(await this.#action(optimized.sdk, actionName)), names: optimized.names };
  }
}

async function call(action: SdkAction, task: TaskCall, toError: (fault: unknown) => StatesError): Promise<SdkAnswer> {
  try {
    return await action(task);
  } catch (fault) {
    throw toError(fault);
  }
}

/** @throws StatesError when the service answered, but with a failure inside */
function read({ service }: ServiceResource, { output }: SdkAnswer): JsonObject {
  if (service === 'lambda') return readInvocation(output);
  const members = isObject(output) ? output : {};
  if (service === 'events' && members['FailedEntryCount'] !== 0) {
    throw new StatesError('EventBridge.FailedEntry', JSON.stringify(members));
  }
  return members;
}

const patternOf = ({ suffix }: ServiceResource): 'requestResponse' | 'waitForTaskToken' =>
  suffix === '.waitForTaskToken' ? 'waitForTaskToken' : 'requestResponse';

const executionArnIn = (started: Json): string => (isObject(started) ? String(started['ExecutionArn']) : '');

const unsupported = ({ service, action, suffix }: ServiceResource, why: string): UnsupportedResource =>
  new UnsupportedResource(`The rehearsal does not play ${service}:${action}${suffix}: ${why}`);
