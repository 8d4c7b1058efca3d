import type { Service } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import { deployResources } from './deployment.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { Scope } from './intrinsics/scope.ts';
import { resolveParameters, type ParameterLookup } from './parameters.ts';
import type { ResourceType } from './resource-type.ts';
import { stackApi } from './stack-api.ts';
import { StackRegister } from './stack-register.ts';
import type { Stack, StackOutput } from './stack.ts';
import type { Template } from './template.ts';
import { pseudoParameters, templateScope } from './template-scope.ts';
import { unplayedPolicies } from './unplayed-policies.ts';

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
  const stacks = new StackRegister(ground);
  const { clock, region, accountId } = ground;

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
      const stack = stacks.named(stackName, template);
      const verb = stack.events.length === 0 ? 'CREATE' : 'UPDATE';
      stacks.enter(stack, `${verb}_IN_PROGRESS`);
      for (const message of unplayedPolicies(template)) ground.journal.record({ kind: 'warning', message });
      try {
        const parameters = await resolveParameters(template, lookup);
        const scope = templateScope({
          template,
          parameters,
          pseudoParameters: pseudoParameters({ region, accountId }, stack),
          resources: stack.resources,
          importValue: (exportName) => stacks.exported(exportName),
        });
        await deployResources({
          stack,
          template,
          scope,
          typeOf: (type) => typeOf(type) ?? missing(type),
          lookup,
          report: (resource, status, reason) => {
            stacks.report(stack, resource, status, reason);
          },
        });
        stack.template = template;
        stack.parameters = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
        stack.outputs = outputsOf(template, scope);
        if (verb === 'UPDATE') stack.updatedAtMs = clock.now();
        stacks.enter(stack, `${verb}_COMPLETE`);
      } catch (error) {
        stacks.enter(stack, `${verb}_FAILED`, error instanceof Error ? error.message : String(error));
        throw error;
      }
    },

    outputs(stackName) {
      const stack = stacks.find(stackName);
      if (!stack) {
        const names = stacks.all().map(({ name }) => name);
        throw new Error(`There is no stack ${stackName}; there are: ${names.join(', ') || 'none'}`);
      }
      return Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));
    },

    stacks: () => stacks.all(),
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
