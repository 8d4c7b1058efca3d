import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Place } from '../config/staging.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import { readAppSpecFile } from '../revision/read-app-spec-file.ts';
import type { Layout } from '../state/layout.ts';
import type { Pointers } from '../state/pointers.ts';
import { writeAtomically } from '../state/write-atomically.ts';
import { carryOut } from './carry-out.ts';
import { checkLifecycleEvents } from './check-lifecycle-events.ts';
import { hostFilesWithout } from './host-files.ts';
import { readInstalledPaths, removeInstalledPaths } from './installed-paths.ts';
import { instructionFile } from './instruction.ts';
import { planInstall } from './plan-install.ts';
import { requireRoom } from './require-room.ts';

/**
 * The lifecycle event Install: puts the revision's files in the place of the previous revision's.
 *
 * All is planned before anything is touched, so that a conflict leaves the previous revision standing (AWS's agent
 * finds conflicts after removing it). Once files change hands, an interruption at any moment leaves a list of installed
 * paths from which the next attempt starts clean.
 */
export async function install(
  specification: DeploymentSpecification,
  { layout, pointers, place }: { layout: Layout; pointers: Pointers; place: Place },
): Promise<void> {
  const { deploymentGroupId, appSpecFilename, fileExistsBehavior, allPossibleLifecycleEvents } = specification;
  const archive = layout.archive(specification);
  const installedPathsFile = layout.installedPaths(deploymentGroupId);

  const appSpec = await readAppSpecFile(archive, appSpecFilename);
  if (allPossibleLifecycleEvents) {
    checkLifecycleEvents([...appSpec.hooks.keys()], allPossibleLifecycleEvents, appSpecFilename);
  }
  const installedPaths = await readInstalledPaths(installedPathsFile);
  const host = hostFilesWithout(installedPaths);
  const instructions = planInstall({ appSpec, archive, host, fileExistsBehavior, place });
  requireRoom(instructions, installedPaths);

  await mkdir(dirname(installedPathsFile), { recursive: true });
  await removeInstalledPaths(installedPathsFile);
  await writeAtomically(layout.installInstructions(deploymentGroupId), instructionFile(instructions));
  await carryOut(instructions, installedPathsFile);
  await pointers.pointToInstallation(specification);
}
