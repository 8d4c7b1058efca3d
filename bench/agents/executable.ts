import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface AssetManifest {
  readonly files: Readonly<Record<string, { displayName?: string; source: { path: string } }>>;
}

/**
 * The agent that an assembly publishes for this machine: the very file that instances download.
 * @throws Error when the assembly was made without it
 */
export async function agentExecutable(assemblyDirectory: string): Promise<string> {
  const text = await readFile(join(assemblyDirectory, 'SlipwayEngine.assets.json'), 'utf8');
  const files = Object.values((JSON.parse(text) as AssetManifest).files);
  const path = files.find(({ displayName }) => displayName?.startsWith('Engine/Agent/'))?.source.path;
  if (path === undefined) throw new Error('The assembly publishes no agent: agents run on Linux only.');
  const file = join(assemblyDirectory, path);
  await chmod(file, 0o755);
  return file;
}
