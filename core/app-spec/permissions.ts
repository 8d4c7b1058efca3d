import { parseAccessControlEntry } from './access-control-entry.ts';
import type { AccessControlEntry } from './access-control-entry.ts';
import type { Permission } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import { parseMode } from './mode.ts';
import type { Position } from './position.ts';
import type { Report } from './report.ts';
import { attempt, readEach } from './report.ts';
import { parseSecurityContext } from './security-context.ts';
import { listOf, mapOf, textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';
import { written } from './yaml-place.ts';

/** Reads the `permissions` section. */
export function parsePermissions(section: Place | undefined, report: Report): Permission[] {
  return readEach(listOf(section, 'the permissions section'), parsePermission, report);
}

function parsePermission(place: Place, report: Report): Permission | undefined {
  const { entries, line, column } = mapOf(place, 'an entry of the permissions section');
  /** Reads a value by its key; a faulty one is reported and then as good as absent. */
  const read = <Value>(key: string, parse: (value: Place | undefined) => Value): Value | undefined =>
    attempt(() => parse(entries.get(key)), report);
  const object = attempt(() => parseObject(entries.get('object'), place), report);
  const owner = read('owner', (value) => parseName(value, 'owner'));
  const group = read('group', (value) => parseName(value, 'group'));
  const mode = read('mode', parseMode);
  const context = read('context', parseSecurityContext);
  const pattern = read('pattern', (value) => textOf(value, 'the pattern of a permission'));
  const except = read('except', (value) => listOf(value, 'the except of a permission').map(written));
  const type = read('type', parseTypes);
  const acls = read('acls', (value) => parseAccessControlList(value, report));
  if (object === undefined) return undefined;
  return {
    object,
    pattern: pattern ?? '**',
    except: except ?? [],
    type: type ?? ['file', 'directory'],
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(mode === undefined ? {} : { mode }),
    ...(acls === undefined ? {} : { acls }),
    ...(context === undefined ? {} : { context }),
    line,
    column,
  };
}

function parseObject(place: Place | undefined, entry: Position): string {
  const object = textOf(place, 'the object of a permission')?.trim();
  if (object) return object;
  throw new AppSpecError(
    'The deployment failed because a permission listed in the application specification file has no object value. Update the permissions section of the AppSpec file, and then try again.',
    entry,
    'add "object:", a file or directory on the host',
  );
}

function parseAccessControlList(place: Place | undefined, report: Report): AccessControlEntry[] | undefined {
  if (!place || place.kind === 'nothing') return undefined;
  return readEach(listOf(place, 'the acls of a permission'), parseAccessControlEntry, report);
}

function parseTypes(place: Place | undefined): Permission['type'] {
  if (!place || place.kind === 'nothing') return ['file', 'directory'];
  return listOf(place, 'the type of a permission').map((item) => {
    const type = written(item);
    if (type === 'file' || type === 'directory') return type;
    throw new AppSpecError(
      // The missing blank is CodeDeploy's.
      `The deployment failed because the application specification filespecifies a permission for an object type not supported for permissions (${type}). Update the permissions section of the AppSpec file, and then try again.`,
      item,
      'use "file", "directory" or both',
    );
  });
}

/** Users and groups go by name: a number is refused here, as AWS's agent refuses it during Install. */
function parseName(place: Place | undefined, key: 'owner' | 'group'): string | undefined {
  const name = textOf(place, `the ${key} of a permission`);
  if (place?.kind === 'scalar' && typeof place.value === 'number') {
    throw new AppSpecError(
      `The deployment failed because the ${key} of a permission in the application specification file is a number (${name}).`,
      place,
      `write the ${key}'s name`,
    );
  }
  return name;
}
