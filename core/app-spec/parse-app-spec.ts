import type { AppSpec, FileExistsBehavior, HookScript } from './app-spec.ts';
import { FILE_EXISTS_BEHAVIORS } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import { parseFiles } from './files.ts';
import { parseHooks } from './hooks.ts';
import { parsePermissions } from './permissions.ts';
import { BEGINNING } from './position.ts';
import type { Report } from './report.ts';
import { attempt, throwFault } from './report.ts';
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
  return readAppSpec(readYaml(text), throwFault);
}

/** Reads what it can of an AppSpec and reports what is wrong with the rest, in CodeDeploy's order of evaluation. */
export function readAppSpec(file: Place, report: Report): AppSpec {
  if (file.kind === 'nothing') {
    throw new AppSpecError(
      "The deployment failed because the application specification file was empty. Make sure your AppSpec file defines at minimum the 'version' and 'os' properties.",
      BEGINNING,
      'begin with "version: 0.0" and "os: linux"',
    );
  }
  const { entries } = mapOf(file, 'the content');
  const read = <Section>(key: string, parse: (place: Place | undefined, report: Report) => Section) =>
    attempt(() => parse(entries.get(key), report), report);
  read('version', requireVersion);
  read('os', requireLinux);
  const hooks = read('hooks', parseHooks) ?? new Map<string, HookScript[]>();
  const files = read('files', parseFiles) ?? [];
  const permissions = read('permissions', parsePermissions) ?? [];
  const fileExistsBehavior = read('file_exists_behavior', parseFileExistsBehavior);
  return { os: 'linux', files, permissions, hooks, ...(fileExistsBehavior ? { fileExistsBehavior } : {}) };
}

function requireVersion(place: Place | undefined): void {
  if (place?.kind === 'scalar' && place.value === 0) return;
  throw new AppSpecError(
    `The deployment failed because an invalid version value (${written(place)}) was entered in the application specification file. Make sure your AppSpec file specifies "0.0" as the version, and then try again.`,
    place ?? BEGINNING,
    'write "version: 0.0", the number, without quotes',
  );
}

function requireLinux(place: Place | undefined): void {
  if (place?.kind === 'scalar' && place.value === 'linux') return;
  throw new AppSpecError(
    `The deployment failed because the application specification file specifies an unsupported operating system (${written(place)}). Specify either "linux" or "windows" in the os section of the AppSpec file, and then try again.`,
    place ?? BEGINNING,
    'write "os: linux", the system of this host',
  );
}

function parseFileExistsBehavior(place: Place | undefined): FileExistsBehavior | undefined {
  if (!place || place.kind === 'nothing') return undefined;
  const behavior = FILE_EXISTS_BEHAVIORS.find((known) => known === written(place));
  if (behavior) return behavior;
  throw new AppSpecError(
    `The deployment failed because an invalid file_exists_behavior value (${written(place)}) was entered in the application specification file. Make sure your AppSpec file specifies one of DISALLOW,OVERWRITE,RETAIN as the file_exists_behavior, and then try again.`,
    place,
    'use capital letters: DISALLOW, OVERWRITE or RETAIN',
  );
}
