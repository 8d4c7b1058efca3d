import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { S3Location } from '@aws-sdk/client-codedeploy';
import type { ChapterGround } from './chapter.ts';
import type { Template } from './grants.ts';

const STACK = { StackName: 'SlipwayExampleFleet' };

/** The example's stack, as somebody changes it who writes templates by hand. */
export class ExampleStack {
  readonly #client: CloudFormationClient;
  readonly #fleet: ChapterGround['fleet'];

  constructor({ rehearsal: { endpoint, region }, fleet }: Pick<ChapterGround, 'rehearsal' | 'fleet'>) {
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    this.#client = new CloudFormationClient({ endpoint, region, credentials });
    this.#fleet = fleet;
  }

  async template(): Promise<Template> {
    const { TemplateBody = '' } = await this.#client.send(new GetTemplateCommand(STACK));
    return JSON.parse(TemplateBody) as Template;
  }

  /** Begins to bring the stack to a template. */
  async update(template: Template): Promise<void> {
    await this.#client.send(new UpdateStackCommand({ ...STACK, TemplateBody: JSON.stringify(template) }));
  }

  /** Waits until nothing happens to it. @returns its status: `UPDATE_COMPLETE`, `UPDATE_ROLLBACK_COMPLETE`, … */
  rest(): Promise<string> {
    return this.#fleet.until('the end of an update', async () => {
      const { Stacks: [stack] = [] } = await this.#client.send(new DescribeStacksCommand(STACK));
      return !stack?.StackStatus?.endsWith('_IN_PROGRESS') && stack?.StackStatus;
    });
  }
}

/** A template that declares another revision, for hosts that download nothing. */
export function withRevision(template: Template, { bucket, key, version }: S3Location): Template {
  const location = { Bucket: bucket, Key: key, BundleType: 'zip', ...(version !== undefined && { Version: version }) };
  const Revision = { RevisionType: 'S3', S3Location: location };
  return withResources(template, (resource) =>
    resource.Properties?.['Revision'] === undefined
      ? resource
      : { ...resource, Properties: { ...resource.Properties, Revision } },
  );
}

/** A template with another deployment group, which is like the example's. */
export function withSpareGroup(template: Template): Template {
  const group = Object.values(template.Resources).find(({ Type }) => Type === 'Custom::SlipwayDeploymentGroup');
  const Properties = { ...group?.Properties, DeploymentGroupName: 'spare' };
  return { ...template, Resources: { ...template.Resources, Spare: { Type: group?.Type ?? '', Properties } } };
}

/** A template that leaves what it declares to instances that are launched from then on. */
export function withoutRollout(template: Template): Template {
  return withResources(template, (resource) => {
    const { IsRolledOut, ...Properties } = resource.Properties ?? {};
    return IsRolledOut === undefined ? resource : { ...resource, Properties };
  });
}

type Resource = Template['Resources'][string];

function withResources(template: Template, change: (resource: Resource) => Resource): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, change(resource)] as const);
  return { ...template, Resources: Object.fromEntries(resources) };
}
