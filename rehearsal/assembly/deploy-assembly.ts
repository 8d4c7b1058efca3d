import { readFile } from 'node:fs/promises';
import type { CloudFormation } from '../cloudformation/cloudformation.ts';
import type { Template } from '../cloudformation/template.ts';
import type { Assets } from './assets.ts';
import { inDeploymentOrder, readAssembly } from './manifest.ts';

/**
 * Does what `cdk deploy --all` does: publishes the assets, then deploys stack after stack.
 * @throws Error listing what nobody can play, before anything is made; or naming the resource that failed
 */
export async function deployAssembly(
  directory: string,
  { cloudFormation, assets }: { cloudFormation: CloudFormation; assets: Assets },
): Promise<void> {
  const { assetManifests } = await readAssembly(directory);
  const templates = await templatesOf(directory);
  cloudFormation.assertPlayable(templates);
  await Promise.all(assetManifests.map((manifest) => assets.publish(manifest)));
  for (const [stackName, template] of templates) await cloudFormation.deploy(stackName, template);
}

/** The templates of an assembly by the names of their stacks, in the order of their deployment. */
export async function templatesOf(directory: string): Promise<ReadonlyMap<string, Template>> {
  const { stacks } = await readAssembly(directory);
  const templates = new Map<string, Template>();
  for (const { stackName, templateFile } of inDeploymentOrder(stacks)) {
    templates.set(stackName, JSON.parse(await readFile(templateFile, 'utf8')) as Template);
  }
  return templates;
}
