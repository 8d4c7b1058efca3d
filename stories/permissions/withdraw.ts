import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { grantsIn, type Grant, type Template } from './grants.ts';

/** A grant and the stack whose template holds it. */
export interface StackGrant extends Grant {
  readonly stack: string;
}

const TEMPLATE = '.template.json';

/** Every grant of an assembly's templates. */
export async function grantsOf(assembly: string): Promise<StackGrant[]> {
  const files = (await readdir(assembly)).filter((file) => file.endsWith(TEMPLATE));
  const grants = await Promise.all(
    files.map(async (file) => {
      const template = await readTemplate(join(assembly, file));
      return grantsIn(template).map((grant) => ({ ...grant, stack: file.slice(0, -TEMPLATE.length) }));
    }),
  );
  return grants.flat();
}

/** How an assembly is to be otherwise. */
export interface Changes {
  /** Instances that Auto Scaling groups start with. */
  readonly desiredCapacity: number;
  /** What is done to each template besides. @default nothing */
  readonly adjust?: ((template: Template) => Template) | undefined;
  /** What is taken out. @default nothing */
  readonly withdrawn?: StackGrant | undefined;
}

/** Writes an assembly as it would be with these changes; everything else is the same files. */
export async function copyAssembly(assembly: string, copy: string, changes: Changes): Promise<void> {
  await mkdir(copy);
  for (const file of await readdir(assembly)) {
    if (file.endsWith(TEMPLATE)) {
      const template = changed(await readTemplate(join(assembly, file)), file.slice(0, -TEMPLATE.length), changes);
      await writeFile(join(copy, file), JSON.stringify(template));
    } else {
      await symlink(join(assembly, file), join(copy, file));
    }
  }
}

function changed(
  template: Template,
  stack: string,
  { withdrawn, desiredCapacity, adjust = (same) => same }: Changes,
): Template {
  const rest = withdrawn?.stack === stack ? withdrawn.without(template) : template;
  const resources = Object.entries(rest.Resources).map(([id, resource]) =>
    resource.Type === 'AWS::AutoScaling::AutoScalingGroup'
      ? [id, { ...resource, Properties: { ...resource.Properties, DesiredCapacity: String(desiredCapacity) } }]
      : [id, resource],
  );
  return adjust({ ...rest, Resources: Object.fromEntries(resources) as Template['Resources'] });
}

const readTemplate = async (file: string): Promise<Template> => JSON.parse(await readFile(file, 'utf8')) as Template;
