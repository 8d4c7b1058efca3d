import type { AppSpec, FileExistsBehavior } from './app-spec.ts';
import { FILE_EXISTS_BEHAVIORS } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import { parseFiles } from './files.ts';
import { parseHooks } from './hooks.ts';
import { parsePermissions } from './permissions.ts';
import { mapOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';
import { readYaml, written } from './yaml-place.ts';

/**
 * Reads an AppSpec for EC2 and on-premises hosts:
 *
 *     version: 0.0
 *     os: linux
 *     files:
 *       - source: /
 *         destination: /opt/web-app
 *     hooks:
 *       ApplicationStart:
 *         - location: scripts/start.sh
 *           timeout: 300
 *
 * Unknown keys are ignored at every level, as AWS's agent ignores them.
 * @throws AppSpecError with CodeDeploy's message, the line and a remedy
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html
 */
export function parseAppSpec(text: string): AppSpec {
  const file = readYaml(text);
  if (file.kind === 'nothing') {
    throw new AppSpecError(
      "The deployment failed because the application specification file was empty. Make sure your AppSpec file defines at minimum the 'version' and 'os' properties.",
      1,
      'begin with "version: 0.0" and "os: linux"',
    );
  }
  const { entries } = mapOf(file, 'the content');
  requireVersion(entries.get('version'));
  const os = parseOs(entries.get('os'));
  // CodeDeploy reports the first fault in this order.
  const hooks = parseHooks(entries.get('hooks'));
  const files = parseFiles(entries.get('files'));
  const permissions = parsePermissions(entries.get('permissions'));
  const fileExistsBehavior = parseFileExistsBehavior(entries.get('file_exists_behavior'));
  return { os, files, permissions, hooks, ...(fileExistsBehavior ? { fileExistsBehavior } : {}) };
}

function requireVersion(place: Place | undefined): void {
  if (place?.kind === 'scalar' && place.value === 0) return;
  throw new AppSpecError(
    `The deployment failed because an invalid version value (${written(place)}) was entered in the application specification file. Make sure your AppSpec file specifies "0.0" as the version, and then try again.`,
    place?.line ?? 1,
    'write "version: 0.0", the number, without quotes',
  );
}

function parseOs(place: Place | undefined): 'linux' {
  if (place?.kind === 'scalar' && place.value === 'linux') return 'linux';
  throw new AppSpecError(
    `The deployment failed because the application specification file specifies an unsupported operating system (${written(place)}). Specify either "linux" or "windows" in the os section of the AppSpec file, and then try again.`,
    place?.line ?? 1,
    'write "os: linux", the system of this host',
  );
}

function parseFileExistsBehavior(place: Place | undefined): FileExistsBehavior | undefined {
  if (!place || place.kind === 'nothing') return undefined;
  const behavior = FILE_EXISTS_BEHAVIORS.find((known) => known === written(place));
  if (behavior) return behavior;
  throw new AppSpecError(
    `The deployment failed because an invalid file_exists_behavior value (${written(place)}) was entered in the application specification file. Make sure your AppSpec file specifies one of DISALLOW,OVERWRITE,RETAIN as the file_exists_behavior, and then try again.`,
    place.line,
    'use capital letters: DISALLOW, OVERWRITE or RETAIN',
  );
}
