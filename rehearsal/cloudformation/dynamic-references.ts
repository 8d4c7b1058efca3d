import type { ParameterLookup } from './parameters.ts';

/** `{{resolve:ssm:/path/name}}`, with or without a version. */
const REFERENCE = /\{\{resolve:([\w-]+):([^}]+)\}\}/g;

/**
 * Replaces dynamic references in resolved properties.
 * @throws Error for secrets, which a rehearsal does not keep, and for parameters that do not exist
 */
export async function resolveDynamicReferences(value: unknown, lookup: ParameterLookup): Promise<unknown> {
  if (typeof value === 'string') return value.includes('{{resolve:') ? replaceIn(value, lookup) : value;
  if (Array.isArray(value)) return Promise.all(value.map((entry) => resolveDynamicReferences(entry, lookup)));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(
    async ([name, member]) => [name, await resolveDynamicReferences(member, lookup)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}

async function replaceIn(text: string, lookup: ParameterLookup): Promise<string> {
  let replaced = text;
  for (const [reference, service, name = ''] of text.matchAll(REFERENCE)) {
    if (service !== 'ssm') throw new Error(`The rehearsal cannot resolve ${reference}: it keeps no ${service}`);
    const value = await lookup(name.replace(/:\d+$/, ''));
    if (value === undefined)
      throw new Error(`${reference}: there is no such Systems Manager parameter in the rehearsal`);
    replaced = replaced.replace(reference, () => value);
  }
  return replaced;
}
