import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HookScript } from '../../core/app-spec/index.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import { readAppSpecFile } from '../revision/read-app-spec-file.ts';
import { archiveOf } from '../state/layout.ts';
import type { Layout } from '../state/layout.ts';
import type { Pointers } from '../state/pointers.ts';
import { revisionOfEvent } from './lifecycle-events.ts';

/** The scripts of an event and the unpacked revision that they belong to. */
export interface EventScripts {
  readonly archive: string;
  readonly scripts: readonly HookScript[];
  /** Directory of the earlier deployment whose revision it is; undefined for the current one's. */
  readonly earlier?: string;
  /** Why there is nothing to run, where that could surprise. */
  readonly note?: string;
}

/** Events that end what an earlier revision began. */
const STOPPING: ReadonlySet<string> = new Set(['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop']);

/**
 * Finds what an event has to run. Once the current deployment has unpacked its revision, that is the one; before,
 * ApplicationStop and its like run the scripts of the revision that is installed.
 * @returns no scripts when the host has no such revision yet: nothing is installed, so nothing must be stopped. None
 *   either when the revision to be stopped was removed from the host: AWS's agent fails then, with every deployment
 * @throws RevisionError when the revision's AppSpec is missing or faulty
 */
export async function scriptsOfEvent(
  event: string,
  specification: DeploymentSpecification,
  { layout, pointers }: { readonly layout: Layout; readonly pointers: Pointers },
): Promise<EventScripts> {
  const current = await currentArchive(specification, layout, pointers);
  const earlier = (await isDirectory(current)) ? undefined : await earlierFor(event, specification, pointers);
  if (earlier === 'none') return { archive: '', scripts: [] };
  const archive = earlier === undefined ? current : archiveOf(earlier);
  if (earlier !== undefined && STOPPING.has(event) && !(await isDirectory(archive))) {
    return { archive, scripts: [], note: `no script: the revision of ${basename(earlier)} is no longer at ${archive}` };
  }
  const appSpec = await readAppSpecFile(archive, specification.appSpecFilename);
  return { archive, scripts: appSpec.hooks.get(event) ?? [], ...(earlier === undefined ? {} : { earlier }) };
}

/** Where the revision of the deployment lies, or will; that is another deployment's directory, if that has installed it. */
async function currentArchive(specification: DeploymentSpecification, layout: Layout, pointers: Pointers) {
  const installedBy =
    specification.revisionIsInstalled && (await pointers.lastSuccessful(specification.deploymentGroupId));
  return installedBy ? archiveOf(installedBy) : layout.archive(specification);
}

/** Directory of the deployment whose scripts run before the current one has unpacked its own. */
async function earlierFor(
  event: string,
  specification: DeploymentSpecification,
  pointers: Pointers,
): Promise<string | 'none' | undefined> {
  const { deploymentGroupId } = specification;
  switch (revisionOfEvent(event, specification)) {
    case 'current':
      return undefined;
    case 'lastSuccessful':
      return (await pointers.lastSuccessful(deploymentGroupId)) ?? 'none';
    case 'mostRecent':
      return (await pointers.mostRecent(deploymentGroupId)) ?? 'none';
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
