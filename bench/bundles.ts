import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Bundle {
  readonly functionName: string;
  readonly bytes: number;
}

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Metadata?: { 'aws:asset:path'?: string } }>>;
}

/** The size of what each function of the engine stack loads. */
export async function measureBundles(assemblyDirectory: string): Promise<Bundle[]> {
  const template = JSON.parse(
    await readFile(join(assemblyDirectory, 'SlipwayEngine.template.json'), 'utf8'),
  ) as Template;
  const bundles: Bundle[] = [];
  for (const [logicalId, { Type, Metadata }] of Object.entries(template.Resources)) {
    const path = Metadata?.['aws:asset:path'];
    if (Type !== 'AWS::Lambda::Function' || path === undefined) continue;
    bundles.push({
      functionName: logicalId.replace(/[0-9A-F]{8}$/, ''),
      bytes: await scriptBytes(join(assemblyDirectory, path)),
    });
  }
  return bundles;
}

async function scriptBytes(directory: string): Promise<number> {
  const scripts = (await readdir(directory)).filter((name) => /\.[cm]?js$/.test(name));
  const sizes = await Promise.all(scripts.map(async (name) => (await stat(join(directory, name))).size));
  return sizes.reduce((total, size) => total + size, 0);
}
