/** Values by path; undefined means that the path does not exist now. */
export type MetadataTree = Readonly<Record<string, () => string | undefined>>;

/**
 * The value at a path, or the names below it, one per line and directories with a slash at the end.
 * @param path without a leading slash
 * @returns undefined when nothing is there
 */
export function readMetadata(tree: MetadataTree, path: string): string | undefined {
  return tree[path]?.() ?? list(tree, path);
}

function list(tree: MetadataTree, path: string): string | undefined {
  const directory = path === '' || path.endsWith('/') ? path : `${path}/`;
  const names = Object.entries(tree)
    .filter(([leaf, value]) => leaf.startsWith(directory) && value() !== undefined)
    .map(([leaf]) => /^[^/]+\/?/.exec(leaf.slice(directory.length))?.[0] ?? '');
  return names.length === 0 ? undefined : [...new Set(names)].sort().join('\n');
}
