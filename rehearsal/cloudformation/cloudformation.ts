import { randomUUID } from 'node:crypto';
import type { Service } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import { deployResources } from './deployment.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { Scope } from './intrinsics/scope.ts';
import { resolveParameters, type ParameterLookup } from './parameters.ts';
import type { ResourceType } from './resource-type.ts';
import { stackApi } from './stack-api.ts';
import type { Stack, StackOutput } from './stack.ts';
import type { Template } from './template.ts';
import { pseudoParameters, templateScope } from './template-scope.ts';

export interface CloudFormationOptions {
  readonly ground: Ground;
  /** Undefined when nobody plays the type. */
  readonly typeOf: (type: string) => ResourceType | undefined;
  readonly lookup: ParameterLookup;
}

/** Makes stacks of templates, and tells about them. */
export interface CloudFormation {
  readonly service: Service;
  /** @throws Error listing every resource of a type that nobody plays */
  assertPlayable(templates: ReadonlyMap<string, Template>): void;
  /** Creates a stack, or updates the one of that name. @throws Error naming the resource that failed and why */
  deploy(stackName: string, template: Template): Promise<void>;
  /** @throws Error when there is no such stack */
  outputs(stackName: string): Record<string, string>;
  stacks(): readonly Stack[];
}

export function createCloudFormation({ ground, typeOf, lookup }: CloudFormationOptions): CloudFormation {
  const stacks = new Map<string, Stack>();
  const { clock, journal, region, accountId } = ground;

  const stackNamed = (name: string, template: Template): Stack => {
    const known = stacks.get(name);
    if (known) return known;
    const id = `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
    const stack: Stack = {
      name,
      id,
      createdAtMs: clock.now(),
      status: 'CREATE_IN_PROGRESS',
      template,
      parameters: {},
      resources: new Map(),
      outputs: [],
      events: [],
    };
    stacks.set(name, stack);
    return stack;
  };

  const report = (
    stack: Stack,
    resource: { logicalId: string; type: string; physicalId: string },
    status: string,
    reason?: string,
  ): void => {
    const because = reason === undefined ? {} : { reason };
    const { logicalId, type } = resource;
    stack.events.push({ eventId: randomUUID(), ...resource, status, ...because, atMs: clock.now() });
    journal.record({ kind: 'resource', stackName: stack.name, logicalId, type, status, ...because });
  };

  const enter = (stack: Stack, status: string, reason?: string): void => {
    stack.status = status;
    if (reason === undefined) delete stack.statusReason;
    else stack.statusReason = reason;
    report(stack, { logicalId: stack.name, type: 'AWS::CloudFormation::Stack', physicalId: stack.id }, status, reason);
  };

  const importValue = (exportName: string): string => {
    const found = [...stacks.values()]
      .flatMap(({ outputs }) => outputs)
      .find((output) => output.exportName === exportName);
    if (!found) throw new Error(`No stack exports ${exportName}`);
    return found.value;
  };

  return {
    service: stackApi(stacks),

    assertPlayable(templates) {
      const unplayed = [...templates].flatMap(([stackName, { Resources }]) =>
        Object.entries(Resources)
          .filter(([, { Type }]) => !typeOf(Type))
          .map(([logicalId, { Type }]) => `  ${Type} (${logicalId} in ${stackName})`),
      );
      if (unplayed.length > 0) throw new Error(`The rehearsal cannot play these resources:\n${unplayed.join('\n')}`);
    },

    async deploy(stackName, template) {
      const stack = stackNamed(stackName, template);
      const verb = stack.events.length === 0 ? 'CREATE' : 'UPDATE';
      enter(stack, `${verb}_IN_PROGRESS`);
      try {
        const parameters = await resolveParameters(template, lookup);
        const scope = templateScope({
          template,
          parameters,
          pseudoParameters: pseudoParameters({ region, accountId }, stack),
          resources: stack.resources,
          importValue,
        });
        await deployResources({
          stack,
          template,
          scope,
          typeOf: (type) => typeOf(type) ?? missing(type),
          lookup,
          report: (resource, status, reason) => {
            report(stack, resource, status, reason);
          },
        });
        stack.template = template;
        stack.parameters = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
        stack.outputs = outputsOf(template, scope);
        if (verb === 'UPDATE') stack.updatedAtMs = clock.now();
        enter(stack, `${verb}_COMPLETE`);
      } catch (error) {
        enter(stack, `${verb}_FAILED`, error instanceof Error ? error.message : String(error));
        throw error;
      }
    },

    outputs(stackName) {
      const stack = stacks.get(stackName);
      if (!stack)
        throw new Error(`There is no stack ${stackName}; there are: ${[...stacks.keys()].join(', ') || 'none'}`);
      return Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));
    },

    stacks: () => [...stacks.values()],
  };
}

function outputsOf({ Outputs = {} }: Template, scope: Scope): StackOutput[] {
  return Object.entries(Outputs)
    .filter(([, { Condition: name }]) => name === undefined || scope.condition(name))
    .map(([key, { Value, Description, Export }]) => ({
      key,
      value: String(resolve(Value, scope)),
      ...(Description !== undefined && { description: Description }),
      ...(Export && { exportName: String(resolve(Export.Name, scope)) }),
    }));
}

const missing = (type: string): never => {
  throw new Error(`nobody plays ${type}`);
};
