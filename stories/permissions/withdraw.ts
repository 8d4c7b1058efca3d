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

/** Writes the assembly as it would be without one grant; everything else is the same files. */
export async function withdraw({ stack, without }: StackGrant, assembly: string, copy: string): Promise<void> {
  await mkdir(copy);
  for (const file of await readdir(assembly)) {
    if (file === stack + TEMPLATE) {
      const template = without(await readTemplate(join(assembly, file)));
      await writeFile(join(copy, file), JSON.stringify(template));
    } else {
      await symlink(join(assembly, file), join(copy, file));
    }
  }
}

const readTemplate = async (file: string): Promise<Template> => JSON.parse(await readFile(file, 'utf8')) as Template;
