import type { Service } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import { type DeploymentOptions, deployResources } from './deployment.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { Scope } from './intrinsics/scope.ts';
import { undeclared } from './property-table.ts';
import { resolveParameters, type ParameterLookup } from './parameters.ts';
import type { ResourceType } from './resource-type.ts';
import { rollBack } from './roll-back.ts';
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
  /** @throws Error listing every resource of a type that nobody plays, and every property that no table knows */
  assertPlayable(templates: ReadonlyMap<string, Template>): void;
  /**
   * Creates a stack, or updates the one of that name. A failed update is rolled back; a failed creation stays as it is,
   * for whoever wants to know why. @throws Error naming the resource that failed and why
   */
  deploy(stackName: string, template: Template): Promise<void>;
  /** @throws Error when there is no such stack */
  outputs(stackName: string): Record<string, string>;
  stacks(): readonly Stack[];
}

export function createCloudFormation({ ground, typeOf, lookup }: CloudFormationOptions): CloudFormation {
  const stacks = new StackRegister(ground);
  const { clock, region, accountId } = ground;

  /** What a stack's resources are deployed by. */
  const planFor = async (stack: Stack, template: Template): Promise<DeploymentOptions & { parameters: Parameters }> => {
    const parameters = await resolveParameters(template, lookup);
    const scope = templateScope({
      template,
      parameters,
      pseudoParameters: pseudoParameters({ region, accountId }, stack),
      resources: stack.resources,
      importValue: (exportName) => stacks.exported(exportName),
    });
    return {
      stack,
      template,
      scope,
      parameters,
      typeOf: (type) => typeOf(type) ?? missing(type),
      lookup,
      report: (resource, status, reason) => {
        stacks.report(stack, resource, status, reason);
      },
    };
  };

  const assertPlayable: CloudFormation['assertPlayable'] = (templates) => {
    const unplayed = [...templates].flatMap(([stackName, { Resources }]) =>
      Object.entries(Resources).flatMap(([logicalId, { Type, Properties = {} }]) => {
        const place = `${Type} (${logicalId} in ${stackName})`;
        const played = typeOf(Type);
        if (!played) return [`  ${place}`];
        return played.properties
          ? undeclared(Properties, played.properties).map((name) => `  ${name} of ${place}`)
          : [];
      }),
    );
    if (unplayed.length > 0) throw new Error(`The rehearsal cannot play these resources:\n${unplayed.join('\n')}`);
  };

  const deploy = async (stackName: string, template: Template): Promise<void> => {
    const stack = stacks.named(stackName, template);
    const verb = stack.events.length === 0 ? 'CREATE' : 'UPDATE';
    stacks.enter(stack, `${verb}_IN_PROGRESS`);
    for (const message of unplayedPolicies(template)) ground.journal.record({ kind: 'warning', message });
    try {
      assertPlayable(new Map([[stackName, template]]));
      const plan = await planFor(stack, template);
      await deployResources(plan);
      stack.template = template;
      stack.parameters = Object.fromEntries(
        Object.entries(plan.parameters).map(([name, value]) => [name, String(value)]),
      );
      stack.outputs = outputsOf(template, plan.scope);
      if (verb === 'UPDATE') stack.updatedAtMs = clock.now();
      stacks.enter(stack, `${verb}_COMPLETE`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (verb === 'CREATE') stacks.enter(stack, 'CREATE_FAILED', reason);
      else await goBack(stack, error, reason);
      throw error;
    }
  };

  const goBack = async (stack: Stack, error: unknown, reason: string): Promise<void> => {
    stacks.enter(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
    try {
      await rollBack(await planFor(stack, stack.template), error);
      stack.updatedAtMs = clock.now();
      stacks.enter(stack, 'UPDATE_ROLLBACK_COMPLETE');
    } catch (failure) {
      stacks.enter(stack, 'UPDATE_ROLLBACK_FAILED', failure instanceof Error ? failure.message : String(failure));
    }
  };

  return {
    service: stackApi(stacks, deploy),

    assertPlayable,

    deploy,

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

type Parameters = Awaited<ReturnType<typeof resolveParameters>>;

const missing = (type: string): never => {
  throw new Error(`nobody plays ${type}`);
};
