import { stat } from 'node:fs/promises';
import type { HookScript } from '../../core/app-spec/index.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import { readAppSpecFile } from '../revision/read-app-spec-file.ts';
import { archiveOf } from '../state/layout.ts';
import type { Layout } from '../state/layout.ts';
import type { Pointers } from '../state/pointers.ts';
import type { HookEvent } from './lifecycle-events.ts';
import { revisionOfEvent } from './lifecycle-events.ts';

/** The scripts of an event and the unpacked revision that they belong to. */
export interface EventScripts {
  readonly archive: string;
  readonly scripts: readonly HookScript[];
}

/**
 * Finds what an event has to run. Once the current deployment has unpacked its revision, that is the one; before,
 * ApplicationStop and its like run the scripts of the revision that is installed.
 * @returns no scripts when the host has no such revision yet: nothing is installed, so nothing must be stopped
 * @throws RevisionError when the revision's AppSpec is missing or faulty
 */
export async function scriptsOfEvent(
  event: HookEvent,
  specification: DeploymentSpecification,
  { layout, pointers }: { readonly layout: Layout; readonly pointers: Pointers },
): Promise<EventScripts> {
  const archive = await archiveFor(event, specification, layout, pointers);
  if (archive === undefined) return { archive: '', scripts: [] };
  const appSpec = await readAppSpecFile(archive, specification.appSpecFilename);
  return { archive, scripts: appSpec.hooks.get(event) ?? [] };
}

async function archiveFor(
  event: HookEvent,
  specification: DeploymentSpecification,
  layout: Layout,
  pointers: Pointers,
): Promise<string | undefined> {
  const current = layout.archive(specification);
  if (await isDirectory(current)) return current;
  const { deploymentGroupId } = specification;
  switch (revisionOfEvent(event, specification)) {
    case 'current':
      return current;
    case 'lastSuccessful':
      return archiveIfKnown(await pointers.lastSuccessful(deploymentGroupId));
    case 'mostRecent':
      return archiveIfKnown(await pointers.mostRecent(deploymentGroupId));
  }
}

function archiveIfKnown(deploymentDirectory: string | undefined): string | undefined {
  return deploymentDirectory === undefined ? undefined : archiveOf(deploymentDirectory);
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
