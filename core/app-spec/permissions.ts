import { parseAccessControlEntry } from './access-control-entry.ts';
import type { Permission } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import { parseMode } from './mode.ts';
import { parseSecurityContext } from './security-context.ts';
import { listOf, mapOf, textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';
import { written } from './yaml-place.ts';

/** Reads the `permissions` section. */
export function parsePermissions(section: Place | undefined): Permission[] {
  return listOf(section, 'the permissions section').map(parsePermission);
}

function parsePermission(place: Place): Permission {
  const { entries, line } = mapOf(place, 'an entry of the permissions section');
  const object = textOf(entries.get('object'), 'the object of a permission')?.trim();
  if (!object) {
    throw new AppSpecError(
      'The deployment failed because a permission listed in the application specification file has no object value. Update the permissions section of the AppSpec file, and then try again.',
      line,
      'add "object:", a file or directory on the host',
    );
  }
  const owner = parseName(entries.get('owner'), 'owner');
  const group = parseName(entries.get('group'), 'group');
  const mode = parseMode(entries.get('mode'));
  const acls = entries.get('acls');
  const context = parseSecurityContext(entries.get('context'));
  return {
    object,
    pattern: textOf(entries.get('pattern'), 'the pattern of a permission') ?? '**',
    except: listOf(entries.get('except'), 'the except of a permission').map(written),
    type: parseTypes(entries.get('type')),
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(mode === undefined ? {} : { mode }),
    ...(!acls || acls.kind === 'nothing'
      ? {}
      : { acls: listOf(acls, 'the acls of a permission').map(parseAccessControlEntry) }),
    ...(context === undefined ? {} : { context }),
    line,
  };
}

function parseTypes(place: Place | undefined): Permission['type'] {
  if (!place || place.kind === 'nothing') return ['file', 'directory'];
  return listOf(place, 'the type of a permission').map((item) => {
    const type = written(item);
    if (type === 'file' || type === 'directory') return type;
    throw new AppSpecError(
      // The missing blank is CodeDeploy's.
      `The deployment failed because the application specification filespecifies a permission for an object type not supported for permissions (${type}). Update the permissions section of the AppSpec file, and then try again.`,
      item.line,
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
      place.line,
      `write the ${key}'s name`,
    );
  }
  return name;
}
