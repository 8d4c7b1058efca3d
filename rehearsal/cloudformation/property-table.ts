import type { Properties, ResourceTypes } from './resource-type.ts';

/**
 * What becomes of each property of a resource type. A name with a dot is a member of an object, or of the objects in a
 * list; a name without one stands for everything below it. What is in no table is refused.
 */
export interface PropertyTable {
  readonly honoured: readonly string[];
  /** Accepted, and without effect here: by the reason why nobody misses it, or what is missing. */
  readonly withoutEffect?: Readonly<Record<string, readonly string[]>>;
}

/** Reasons that several resource types share. */
export const NOTHING_IS_ENCRYPTED = 'nothing is encrypted here';
export const NOT_BILLED = 'tags of this resource are for bills and inventories';
export const NOT_PROTECTED = 'protects from mistakes on an account';

/** Puts the tables to the types that they are of; a type without a table, or a table without a type, does not compile. */
export function declared<Type extends string>(
  types: Readonly<Record<Type, ResourceTypes[string]>>,
  tables: Readonly<Record<Type, PropertyTable>>,
): ResourceTypes {
  const names = Object.keys(types) as Type[];
  return Object.fromEntries(names.map((name) => [name, { ...types[name], properties: tables[name] }]));
}

/** The properties that a table says nothing of, with dots where it tells members apart. */
export function undeclared(properties: Properties, table: PropertyTable): string[] {
  const names = new Set([...table.honoured, ...Object.values(table.withoutEffect ?? {}).flat()]);
  return pathsIn(properties, names).filter((path) => !names.has(path));
}

/** The properties of a resource in the words of its table. */
export function declaredPaths(properties: Properties, table: PropertyTable): string[] {
  const names = new Set([...table.honoured, ...Object.values(table.withoutEffect ?? {}).flat()]);
  return pathsIn(properties, names).filter((path) => names.has(path));
}

function pathsIn(value: unknown, names: ReadonlySet<string>, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, names, prefix));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'Ref' || name.startsWith('Fn::')) return pathsIn(member, names, prefix);
    const path = `${prefix}${name}`;
    const isDivided = !names.has(path) && [...names].some((each) => each.startsWith(`${path}.`));
    return isDivided ? pathsIn(member, names, `${path}.`) : [path];
  });
}
