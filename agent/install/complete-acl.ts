/** An entry of `setfacl`, taken apart. */
interface Entry {
  readonly isDefault: boolean;
  readonly type: string;
  readonly name: string;
  readonly permissions: string;
}

/**
 * Completes an access control list for `setfacl --set`, which wants the base entries too: owner, group and other from
 * the file's mode, and a mask once there is a named entry. Default entries are completed in the same way.
 * @param mode permission bits of the file
 */
export function completeAcl(entries: readonly string[], mode: number): string[] {
  const listed = entries.map(parse);
  const [owner, group, other] = [6, 3, 0].map((shift) => letters((mode >> shift) & 7));
  const base = { user: owner, group, other };
  const access = listed.filter(({ isDefault }) => !isDefault);
  const defaults = listed.filter(({ isDefault }) => isDefault);
  return [
    ...entries,
    ...Object.entries(base).map(([type, permissions]) => `${type}::${permissions}`),
    ...maskOf(access, '', group),
    ...(defaults.length > 0 ? completeDefaults(defaults, base) : []),
  ];
}

function completeDefaults(listed: readonly Entry[], base: Record<string, string | undefined>): string[] {
  const missing = Object.entries(base).filter(
    ([type]) => !listed.some((entry) => entry.type === type && entry.name === ''),
  );
  const group = listed.find(({ type, name }) => type === 'group' && name === '')?.permissions ?? base['group'];
  return [
    ...missing.map(([type, permissions]) => `default:${type}::${permissions}`),
    ...maskOf(listed, 'default:', group),
  ];
}

/** The mask limits named entries; without one given it is as wide as the group's. */
function maskOf(listed: readonly Entry[], prefix: string, group: string | undefined): string[] {
  const isNeeded = listed.some(({ name }) => name !== '') && !listed.some(({ type }) => type === 'mask');
  return isNeeded ? [`${prefix}mask::${group}`] : [];
}

function parse(entry: string): Entry {
  const isDefault = entry.startsWith('default:');
  const [type = '', name = '', permissions = ''] = entry.slice(isDefault ? 'default:'.length : 0).split(':');
  return { isDefault, type, name, permissions };
}

function letters(bits: number): string {
  return ['r', 'w', 'x'].map((letter, index) => (bits & (4 >> index) ? letter : '-')).join('');
}
