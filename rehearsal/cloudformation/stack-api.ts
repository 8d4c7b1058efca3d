import { isDeepStrictEqual } from 'node:util';
import { queryService } from '../endpoint/protocols/query.ts';
import { AwsError, type Service } from '../endpoint/service.ts';
import type { StackRegister } from './stack-register.ts';
import type { Stack, StackResource } from './stack.ts';
import type { Template } from './template.ts';

/** Brings a stack to a template. @throws Error when it cannot be: the stack's events tell of it as well */
type Deploy = (stackName: string, template: Template) => Promise<void>;

/** CloudFormation's API: stacks come from assemblies, and may be updated here as well as by another assembly. */
export function stackApi(stacks: StackRegister, deploy: Deploy): Service {
  const byNameOrId = (nameOrId: unknown): Stack => {
    const stack = stacks.find(nameOrId);
    if (!stack) throw new AwsError('ValidationError', `Stack with id ${String(nameOrId)} does not exist`);
    return stack;
  };
  const chosen = (nameOrId: unknown): Stack[] => (nameOrId === undefined ? stacks.all() : [byNameOrId(nameOrId)]);

  return queryService({
    signingNames: ['cloudformation'],
    access: (operation, { StackName }) => {
      const stack = stacks.find(StackName);
      return stack && [{ action: `cloudformation:${operation}`, resources: [stack.id] }];
    },
    version: '2010-05-15',
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: {
      UpdateStack: async ({ StackName, TemplateBody }) => {
        const stack = byNameOrId(StackName);
        if (stack.status.endsWith('_IN_PROGRESS'))
          throw new AwsError(
            'ValidationError',
            `Stack:${stack.id} is in ${stack.status} state and can not be updated.`,
          );
        const template = templateIn(TemplateBody);
        if (isDeepStrictEqual(template, stack.template))
          throw new AwsError('ValidationError', 'No updates are to be performed.');
        // The stack's events tell how it ends.
        deploy(stack.name, template).catch(() => undefined);
        return { StackId: stack.id };
      },
      DescribeStacks: async ({ StackName }) => ({ Stacks: chosen(StackName).map(stackView) }),
      ListStacks: async ({ StackStatusFilter }) => ({
        StackSummaries: stacks
          .all()
          .filter(({ status }) => !Array.isArray(StackStatusFilter) || StackStatusFilter.includes(status))
          .map(summaryView),
      }),
      ListStackResources: async ({ StackName }) => ({
        StackResourceSummaries: resourceViews(byNameOrId(StackName)),
      }),
      DescribeStackResources: async ({ StackName, LogicalResourceId, PhysicalResourceId }) => {
        const stack = PhysicalResourceId === undefined ? byNameOrId(StackName) : ownerOf(PhysicalResourceId, stacks);
        const views = resourceViews(stack).map((view) => ({ ...view, StackName: stack.name, StackId: stack.id }));
        return {
          StackResources: views.filter(
            (view) => LogicalResourceId === undefined || view.LogicalResourceId === LogicalResourceId,
          ),
        };
      },
      DescribeStackResource: async ({ StackName, LogicalResourceId }) => {
        const stack = byNameOrId(StackName);
        const view = resourceViews(stack).find((resource) => resource.LogicalResourceId === LogicalResourceId);
        if (!view)
          throw new AwsError(
            'ValidationError',
            `Resource ${String(LogicalResourceId)} does not exist for stack ${stack.name}`,
          );
        return { StackResourceDetail: { ...view, StackName: stack.name, StackId: stack.id } };
      },
      DescribeStackEvents: async ({ StackName }) => ({ StackEvents: eventViews(byNameOrId(StackName)) }),
      GetTemplate: async ({ StackName }) => ({
        TemplateBody: JSON.stringify(byNameOrId(StackName).template, undefined, 1),
        StagesAvailable: ['Original', 'Processed'],
      }),
      ListExports: async () => ({ Exports: stacks.all().flatMap(exportViews) }),
    },
  });
}

/** @throws AwsError for anything but a template in JSON, as `cdk synth` writes it */
function templateIn(body: unknown): Template {
  try {
    return JSON.parse(String(body)) as Template;
  } catch {
    throw new AwsError('ValidationError', 'The rehearsal takes a TemplateBody in JSON, as cdk synth writes it');
  }
}

const summaryView = (stack: Stack) => ({
  StackId: stack.id,
  StackName: stack.name,
  TemplateDescription: stack.template.Description,
  CreationTime: new Date(stack.createdAtMs),
  LastUpdatedTime: stack.updatedAtMs === undefined ? undefined : new Date(stack.updatedAtMs),
  StackStatus: stack.status,
  StackStatusReason: stack.statusReason,
});

const stackView = (stack: Stack) => {
  const { TemplateDescription, ...summary } = summaryView(stack);
  return {
    ...summary,
    Description: TemplateDescription,
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    DisableRollback: false,
    Tags: [],
  };
};

function resourceViews({ resources, events }: Stack) {
  return [...resources.values()].map(({ logicalId, physicalId, type }: StackResource) => {
    const latest = events.findLast((event) => event.logicalId === logicalId);
    return {
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Timestamp: new Date(latest?.atMs ?? 0),
      LastUpdatedTimestamp: new Date(latest?.atMs ?? 0),
      ResourceStatus: latest?.status,
    };
  });
}

/** Newest first, as CloudFormation tells them. */
const eventViews = ({ events, id, name }: Stack) =>
  events.toReversed().map((event) => ({
    EventId: event.eventId,
    StackId: id,
    StackName: name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.atMs),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
  }));

const exportViews = ({ id, outputs }: Stack) =>
  outputs
    .filter(({ exportName }) => exportName !== undefined)
    .map(({ exportName, value }) => ({ ExportingStackId: id, Name: exportName, Value: value }));

function ownerOf(physicalId: unknown, stacks: StackRegister): Stack {
  const owner = stacks
    .all()
    .find(({ resources }) => [...resources.values()].some((resource) => resource.physicalId === physicalId));
  if (!owner) throw new AwsError('ValidationError', `Stack for ${String(physicalId)} does not exist`);
  return owner;
}
