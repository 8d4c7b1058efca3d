import { findAppSpecFile, RevisionError } from '../../agent/revision/read-app-spec-file.ts';
import { checkAppSpec } from '../../core/app-spec/index.ts';
import { checkInstallation } from './check-installation.ts';
import { checkScripts } from './check-scripts.ts';
import type { RevisionFinding } from './revision-finding.ts';
import { aboutFile, inFile } from './revision-finding.ts';

/**
 * Checks an unpacked revision as the agent would on a host where nothing lies yet, but finds everything, not the first.
 * @param appSpecFilename path of the AppSpec inside the revision, as a deployment would name it
 * @returns findings about the AppSpec in the order of its lines, then those about scripts
 */
export async function checkRevision(directory: string, appSpecFilename: string): Promise<RevisionFinding[]> {
  const file = await findAppSpecFile(directory, appSpecFilename).catch((error: unknown) => {
    if (error instanceof RevisionError) return error;
    throw error;
  });
  if (file instanceof RevisionError) return [unusable(file, appSpecFilename)];

  const { appSpec, findings } = checkAppSpec(file.text);
  const ofInstallation = appSpec ? [...checkInstallation(appSpec, directory)] : [];
  const ofScripts = appSpec ? [...checkScripts(appSpec, directory)] : [];
  const ofAppSpec = [
    ...findings,
    ...ofInstallation,
    ...ofScripts.flatMap(({ finding, script }) => (script ? [] : [finding])),
  ];
  return [
    ...surprisingName(file.path, appSpecFilename),
    ...ofAppSpec
      .sort((one, other) => one.line - other.line || one.column - other.column)
      .map((finding) => inFile(file.path, finding)),
    ...ofScripts.flatMap(({ finding, script }) => (script ? [inFile(script, finding)] : [])),
  ];
}

function unusable({ message }: RevisionError, appSpecFilename: string): RevisionFinding {
  const remedy = 'put the AppSpec at the root of the revision, or name it with --appspec-filename';
  return aboutFile(appSpecFilename, { severity: 'error', message, remedy });
}

function surprisingName(found: string, wanted: string): RevisionFinding[] {
  if (found === wanted) return [];
  const message = `The revision has no ${wanted}: ${found} is taken instead. AWS's agent does so in Install only, and finds no hook scripts.`;
  return [
    aboutFile(found, {
      severity: 'warning',
      message,
      remedy: `rename it, or deploy with the AppSpec file name ${found}`,
    }),
  ];
}
