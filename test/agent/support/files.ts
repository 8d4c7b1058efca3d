import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A tree by path: text of a file, `{script}` for an executable one, `{link}` for a symbolic link, null for a directory. */
export type Tree = Readonly<Record<string, string | null | { readonly link: string } | { readonly script: string }>>;

/** Writes a tree below a directory. */
export function writeTree(directory: string, tree: Tree): void {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(directory, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (typeof content === 'string') writeFileSync(path, content);
    else if (content && 'link' in content) symlinkSync(content.link, path);
    else if (content) {
      writeFileSync(path, content.script);
      chmodSync(path, 0o755);
    }
  }
}

/** All that lies below a directory, in the same form; scripts appear as plain text. */
export function readTree(directory: string, prefix = ''): Record<string, string | null | { link: string }> {
  return Object.assign(
    {},
    ...readdirSync(directory)
      .sort()
      .map((name) => {
        const [path, key] = [join(directory, name), join(prefix, name)];
        const found = lstatSync(path);
        if (found.isSymbolicLink()) return { [key]: { link: readlinkSync(path) } };
        if (!found.isDirectory()) return { [key]: readFileSync(path, 'utf8') };
        const below = readTree(path, key);
        return Object.keys(below).length === 0 ? { [key]: null } : below;
      }),
  ) as Record<string, string | null | { link: string }>;
}
