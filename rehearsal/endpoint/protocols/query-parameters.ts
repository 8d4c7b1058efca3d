/**
 * Decodes the form of the Query and EC2 protocols:
 *
 *     Names.member.1=web&Filter.1.Name=state&Filter.1.Value.1=running&Tags.entry.1.key=a&Tags.entry.1.value=b
 *
 * into `{ Names: ['web'], Filter: [{ Name: 'state', Value: ['running'] }], Tags: { a: 'b' } }`.
 * Values stay strings; an empty list arrives as the empty string, as clients send it (`Names=`).
 */
export function decodeQueryParameters(parameters: Iterable<[string, string]>): Record<string, unknown> {
  const root: Branch = new Map();
  for (const [name, value] of parameters) plant(root, name.split('.'), value);
  return Object.fromEntries([...root].map(([name, node]) => [name, harvest(node)]));
}

type Branch = Map<string, Branch | string>;

function plant(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  for (const step of path.slice(0, -1)) {
    let next = branch.get(step);
    if (!(next instanceof Map)) branch.set(step, (next = new Map()));
    branch = next;
  }
  branch.set(path.at(-1) ?? '', value);
}

function harvest(node: Branch | string): unknown {
  if (typeof node === 'string') return node;
  const list = listBelow(node);
  if (list) return list;
  const entries = node.size === 1 ? node.get('entry') : undefined;
  if (entries instanceof Map) return mapOf(entries);
  return Object.fromEntries([...node].map(([name, child]) => [name, harvest(child)]));
}

/** `{1: a, 2: b}` and `{member: {1: a, 2: b}}` are lists; numbers give the order, gaps close. */
function listBelow(node: Branch): unknown[] | undefined {
  const member = node.size === 1 ? node.get('member') : undefined;
  const numbered = member instanceof Map ? member : node;
  if (![...numbered.keys()].every((name) => /^\d+$/.test(name))) return undefined;
  return [...numbered].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => harvest(child));
}

/** `{1: {key: a, value: b}}` becomes `{a: b}`. */
function mapOf(entries: Branch): Record<string, unknown> {
  const pairs = [...entries.values()].filter((entry) => entry instanceof Map);
  return Object.fromEntries(pairs.map((pair) => [text(pair.get('key')), harvest(pair.get('value') ?? '')]));
}

const text = (node: Branch | string | undefined): string => (typeof node === 'string' ? node : '');
