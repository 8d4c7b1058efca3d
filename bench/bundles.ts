import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { functionNameOf } from './usage.ts';

export interface Bundle {
  readonly functionName: string;
  readonly bytes: number;
}

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: { Code?: { S3Key?: string } } }>>;
}

/** The size of what each function of the engine stack loads. */
export async function measureBundles(assemblyDirectory: string): Promise<Bundle[]> {
  const template = JSON.parse(
    await readFile(join(assemblyDirectory, 'SlipwayEngine.template.json'), 'utf8'),
  ) as Template;
  const bundles: Bundle[] = [];
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    const key = Properties.Code?.S3Key;
    if (Type !== 'AWS::Lambda::Function' || key === undefined) continue;
    const directory = join(assemblyDirectory, `asset.${key.replace(/\.zip$/, '')}`);
    bundles.push({ functionName: functionNameOf(logicalId), bytes: await scriptBytes(directory) });
  }
  return bundles;
}

async function scriptBytes(directory: string): Promise<number> {
  const scripts = (await readdir(directory)).filter((name) => /\.[cm]?js$/.test(name));
  const sizes = await Promise.all(scripts.map(async (name) => (await stat(join(directory, name))).size));
  return sizes.reduce((total, size) => total + size, 0);
}
