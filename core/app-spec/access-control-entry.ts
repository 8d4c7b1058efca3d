import { AppSpecError } from './app-spec-error.ts';
import type { Position } from './position.ts';
import type { Place } from './yaml-place.ts';
import { written } from './yaml-place.ts';

/** One access control entry: `[d|default:][u|user|g|group|m|mask|o|other]:[name]:perms`, e.g. `d:u:deploy:rwx`. */
export interface AccessControlEntry {
  /** A default entry is inherited by what is later created in the directory. */
  readonly isDefault: boolean;
  readonly type: 'user' | 'group' | 'mask' | 'other';
  /** Empty for the owner, the owning group, mask and other. */
  readonly name: string;
  /** As `r-x`. */
  readonly permissions: string;
}

const TYPES = new Map<string | undefined, AccessControlEntry['type']>([
  ...(['user', 'group', 'mask', 'other'] as const).flatMap((type) => [
    [type, type] as const,
    [type.charAt(0), type] as const,
  ]),
]);

const DEFAULT_MARKS: readonly (string | undefined)[] = ['d', 'default'];

/** Reads one entry of `acls`. */
export function parseAccessControlEntry(place: Place): AccessControlEntry {
  const text = written(place);
  const invalid = (): AppSpecError =>
    new AppSpecError(
      `The deployment failed because of a problem with the acls permission settings in the application specification file. Invalid acl entry (${text}).`,
      place,
      'write [default:][user|group|mask|other]:[name]:permissions, such as user:deploy:rwx',
    );

  const parts = text.split(':');
  const isDefault = parts.length > 2 && DEFAULT_MARKS.includes(parts[0]);
  const [typeAndName, permissions] = [parts.slice(isDefault ? 1 : 0, -1), parts.at(-1) ?? ''];
  const [type, name] = readTypeAndName(typeAndName);
  if (!type || name === undefined || typeAndName.length > 2) throw invalid();
  if ((type === 'mask' || type === 'other') && name !== '') throw invalid();
  if (name === '' && !isDefault && type !== 'mask') throw isBaseEntry(text, place);
  return { isDefault, type, name, permissions: readPermissions(permissions, text, place) };
}

/** `deploy` is a user's name, `m` the mask, `group:ops` a group. */
function readTypeAndName(parts: readonly string[]): [AccessControlEntry['type'] | undefined, string?] {
  const [first, second] = parts;
  if (first === undefined) return [undefined];
  if (second !== undefined) return [TYPES.get(first), second];
  const type = TYPES.get(first);
  return type === 'mask' || type === 'other' ? [type, ''] : ['user', first];
}

function readPermissions(permissions: string, entry: string, at: Position): string {
  if (/^[0-7]$/.test(permissions)) {
    const bits = Number(permissions);
    return ['r', 'w', 'x'].map((letter, index) => (bits & (4 >> index) ? letter : '-')).join('');
  }
  const stranger = [...permissions].find((character) => !'rwx-'.includes(character));
  if (stranger !== undefined) {
    throw new AppSpecError(
      `The deployment failed because the access control list (ACL) named ${entry} in the application specification file contains an invalid character (${stranger}). Correct the ACL in the hooks section of the AppSpec file, and then try again.`,
      at,
      'write permissions as letters of rwx or as one digit from 0 to 7',
    );
  }
  return ['r', 'w', 'x'].map((letter) => (permissions.includes(letter) ? letter : '-')).join('');
}

function isBaseEntry(entry: string, at: Position): AppSpecError {
  return new AppSpecError(
    `The deployment failed because of a problem with the acls permission settings in the application specification file. Use mode to set the base acl entry (${entry}). Update the permissions section of the AppSpec file, and then try again.`,
    at,
    'remove this entry and set "mode:" of the permission instead',
  );
}
