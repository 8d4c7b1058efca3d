import { z } from 'zod';
import { AwsError } from '../endpoint/service.ts';
import { newId } from './ids.ts';
import { listOf, texts } from './input.ts';

/** What a launch template says of its instances; what is not played is kept for Describe calls alone. */
export const launchTemplateData = z.looseObject({
  ImageId: z.string().optional(),
  InstanceType: z.string().optional(),
  /** Base64. */
  UserData: z.string().optional(),
  IamInstanceProfile: z.object({ Arn: z.string().optional(), Name: z.string().optional() }).optional(),
  SecurityGroupIds: texts.optional(),
  TagSpecifications: listOf(
    z.looseObject({
      ResourceType: z.string().optional(),
      Tags: listOf(z.object({ Key: z.string(), Value: z.string().default('') })).default([]),
    }),
  ).optional(),
});
export type LaunchTemplateData = z.output<typeof launchTemplateData>;

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly description?: string;
  readonly createdAtMs: number;
  readonly data: LaunchTemplateData;
}

export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly tags: Map<string, string>;
  readonly versions: LaunchTemplateVersion[];
  defaultVersion: number;
}

/** Names a template by its id or its name. */
export interface LaunchTemplateReference {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** The account's launch templates and their numbered versions. */
export class LaunchTemplates {
  readonly #byId = new Map<string, LaunchTemplate>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  list(): readonly LaunchTemplate[] {
    return [...this.#byId.values()];
  }

  /** @throws AwsError InvalidLaunchTemplateName.AlreadyExistsException */
  create(name: string, data: LaunchTemplateData, description?: string): LaunchTemplate {
    if (this.list().some((template) => template.name === name)) {
      throw new AwsError('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.');
    }
    const template = {
      id: newId('lt'),
      name,
      createdAtMs: this.#now(),
      tags: new Map(),
      versions: [],
      defaultVersion: 1,
    };
    this.#byId.set(template.id, template);
    this.addVersion(template, data, description);
    return template;
  }

  addVersion(template: LaunchTemplate, data: LaunchTemplateData, description?: string): LaunchTemplateVersion {
    const number = template.versions.length + 1;
    const version = { number, createdAtMs: this.#now(), data, ...(description !== undefined && { description }) };
    template.versions.push(version);
    return version;
  }

  delete({ id }: LaunchTemplate): void {
    this.#byId.delete(id);
  }

  find({ id, name }: LaunchTemplateReference): LaunchTemplate | undefined {
    return id === undefined ? this.list().find((template) => template.name === name) : this.#byId.get(id);
  }

  /** @throws AwsError InvalidLaunchTemplateId.NotFound or InvalidLaunchTemplateName.NotFoundException */
  get(reference: LaunchTemplateReference): LaunchTemplate {
    const template = this.find(reference);
    if (template) return template;
    throw reference.id === undefined
      ? new AwsError(
          'InvalidLaunchTemplateName.NotFoundException',
          `The specified launch template, with template name ${reference.name}, does not exist.`,
        )
      : new AwsError(
          'InvalidLaunchTemplateId.NotFound',
          `The specified launch template, with template ID ${reference.id}, does not exist.`,
        );
  }
}

/**
 * The version that `$Latest`, `$Default` or a number means now.
 * @throws AwsError InvalidLaunchTemplateId.VersionNotFound
 */
export function versionOf(template: LaunchTemplate, version = '$Default'): LaunchTemplateVersion {
  const numbers: Record<string, number> = { $Latest: template.versions.length, $Default: template.defaultVersion };
  const found = template.versions[(numbers[version] ?? Number(version)) - 1];
  if (found) return found;
  throw new AwsError('InvalidLaunchTemplateId.VersionNotFound', `Could not find launch template version ${version}`);
}
