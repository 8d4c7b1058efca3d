import { lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { create, Header } from 'tar';
import type { HeaderData } from 'tar';
import { ZipFile } from 'yazl';
import type { Tree } from './files.ts';
import { writeTree } from './files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A tree packed as a revision's bundle. */
export async function bundleOf(type: 'zip' | 'tar' | 'tgz', tree: Tree): Promise<string> {
  const directory = temporaryDirectory();
  writeTree(directory, tree);
  const file = join(temporaryDirectory(), `bundle.${type}`);
  if (type === 'zip') writeFileSync(file, await zipOf(directory));
  else await create({ cwd: directory, file, gzip: type === 'tgz', portable: false }, readdirSync(directory));
  return file;
}

/** A zip of a directory; links as Info-ZIP stores them. */
export async function zipOf(directory: string): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const name = relative(directory, path);
      const { mode, mtime } = lstatSync(path);
      if (entry.isDirectory()) {
        zip.addEmptyDirectory(name, { mode, mtime });
        add(path);
      } else {
        const content = entry.isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
        zip.addBuffer(content, name, { mode, mtime });
      }
    }
  };
  add(directory);
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream & AsyncIterable<Buffer>);
}

/** A tar with headers as given, honest or not. */
export function handmadeTar(entries: readonly (HeaderData & { readonly content?: string })[]): Buffer {
  const blocks = entries.flatMap(({ content = '', ...data }) => {
    const header = new Header({ mode: 0o644, mtime: new Date(0), size: Buffer.byteLength(content), ...data });
    const block = Buffer.alloc(512);
    header.encode(block);
    return [block, Buffer.concat([Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)])];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A zip with the name of one entry overwritten: zip writers refuse names that lead out. */
export async function zipWithName(
  name: string,
  options: { readonly mode?: number; readonly content?: string } = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  const honest = 'x'.repeat(name.length);
  zip.addBuffer(Buffer.from(options.content ?? 'content'), honest, { mode: options.mode ?? 0o100644, compress: false });
  zip.end();
  const bytes = await buffer(zip.outputStream as NodeJS.ReadableStream & AsyncIterable<Buffer>);
  return Buffer.from(bytes.toString('latin1').replaceAll(honest, name), 'latin1');
}
