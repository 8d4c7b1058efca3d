import { resolveDynamicReferences } from './dynamic-references.ts';
import { generatedName } from './generated-name.ts';
import { inDependencyOrder } from './in-dependency-order.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { Scope } from './intrinsics/scope.ts';
import type { ParameterLookup } from './parameters.ts';
import { changeOf, stackResource, updateResource } from './provision.ts';
import { dependenciesOf } from './references.ts';
import type { Properties, ResourceContext, ResourceType } from './resource-type.ts';
import type { Stack, StackResource } from './stack.ts';
import type { Template, TemplateResource } from './template.ts';

export interface DeploymentOptions {
  readonly stack: Stack;
  readonly template: Template;
  readonly scope: Scope;
  readonly typeOf: (type: string) => ResourceType;
  readonly lookup: ParameterLookup;
  readonly report: (
    resource: Pick<StackResource, 'logicalId' | 'type' | 'physicalId'>,
    status: string,
    reason?: string,
  ) => void;
}

/** A predecessor to delete when everything new stands: replaced, or no longer in the template. */
export interface Leftover {
  readonly resource: StackResource;
  readonly retained: boolean;
}

/** A deployment that broke off. What was done before stays as it is until somebody rolls it back. */
export class DeploymentFailed extends Error {
  override readonly name = 'DeploymentFailed';
  /** Resources that were replaced and still stand. */
  readonly replaced: readonly StackResource[];

  constructor(cause: Error, replaced: readonly StackResource[]) {
    super(cause.message, { cause });
    this.replaced = replaced;
  }
}

/**
 * Brings a stack's resources to what a template says: creates, updates and replaces in dependency order, then
 * deletes what is left over.
 * @throws DeploymentFailed naming the resource, its type and the reason
 */
export async function deployResources(options: DeploymentOptions): Promise<void> {
  const { stack, template, scope } = options;
  const wanted = Object.entries(template.Resources).filter(([, { Condition: name }]) => !name || scope.condition(name));
  const resources = new Map(wanted);
  const dependencies = new Map(wanted.map(([id, resource]) => [id, dependenciesOf(resource, template)]));
  const leftovers: Leftover[] = [];

  try {
    await inDependencyOrder(
      [...resources.keys()],
      (id) => dependencies.get(id) ?? [],
      async (logicalId) => {
        const resource = resources.get(logicalId);
        if (resource) leftovers.push(...(await deployResource(logicalId, resource, options)));
      },
    );
  } catch (error) {
    const replaced = leftovers.map(({ resource }) => resource);
    throw error instanceof Error ? new DeploymentFailed(error, replaced) : error;
  }

  for (const [logicalId, resource] of stack.resources) {
    if (!resources.has(logicalId)) leftovers.push({ resource, retained: isRetained(stack.template, logicalId) });
  }
  await deleteLeftovers(leftovers, options);
}

async function deployResource(
  logicalId: string,
  { Type: type, Properties: written = {}, Metadata, UpdateReplacePolicy }: TemplateResource,
  { stack, scope, typeOf, lookup, report }: DeploymentOptions,
): Promise<Leftover[]> {
  const context = contextOf(stack, logicalId, type, Metadata);
  const existing = stack.resources.get(logicalId);
  const progress = (verb: string, outcome: string, physicalId = existing?.physicalId ?? '', reason?: string): void => {
    report({ logicalId, type, physicalId }, `${verb}_${outcome}`, reason);
  };
  const verb = existing ? 'UPDATE' : 'CREATE';
  try {
    const properties = (await resolveDynamicReferences(resolve(written, scope), lookup)) as Properties;
    const change = changeOf(existing, type, properties);
    if (change.kind === 'none') return [];
    progress(verb, 'IN_PROGRESS');
    // A rollback updates it back even if the update fails: nobody knows how far that came.
    if (existing && typeOf(type).update) stack.resources.set(logicalId, { ...existing, properties });
    const provisioned =
      existing && change.kind === 'update'
        ? await updateResource(typeOf(type), existing, properties, change.changed, context)
        : await typeOf(type).create(properties, context);
    stack.resources.set(logicalId, stackResource(context, provisioned, properties));
    progress(verb, 'COMPLETE', provisioned.physicalId);
    const replaced = existing && existing.physicalId !== provisioned.physicalId;
    return replaced ? [{ resource: existing, retained: UpdateReplacePolicy === 'Retain' }] : [];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    progress(verb, 'FAILED', undefined, reason);
    throw new Error(`Stack ${stack.name}: ${logicalId} (${type}) failed: ${reason}`, { cause });
  }
}

/** Dependents go before what they depended on, by the template that made them. */
export async function deleteLeftovers(
  leftovers: readonly Leftover[],
  { stack, typeOf, report }: DeploymentOptions,
): Promise<void> {
  const position = new Map([...stack.resources.keys()].map((logicalId, index) => [logicalId, index]));
  const order = [...leftovers].sort(
    (one, other) => (position.get(other.resource.logicalId) ?? 0) - (position.get(one.resource.logicalId) ?? 0),
  );
  for (const { resource, retained } of order) {
    const { logicalId, type, physicalId, properties } = resource;
    if (stack.resources.get(logicalId) === resource) stack.resources.delete(logicalId);
    if (retained) {
      report(resource, 'DELETE_SKIPPED');
      continue;
    }
    report(resource, 'DELETE_IN_PROGRESS');
    await typeOf(type).delete?.(physicalId, properties, contextOf(stack, logicalId, type));
    report(resource, 'DELETE_COMPLETE');
  }
}

const contextOf = (
  stack: Stack,
  logicalId: string,
  type: string,
  metadata: TemplateResource['Metadata'] = {},
): ResourceContext => ({
  stackName: stack.name,
  stackId: stack.id,
  logicalId,
  type,
  metadata,
  generateName: (maxLength) => generatedName(stack.name, logicalId, maxLength),
});

const isRetained = (template: Template, logicalId: string): boolean =>
  template.Resources[logicalId]?.DeletionPolicy?.startsWith('Retain') ?? false;
