import { lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { create, Header, Pax } from 'tar';
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

/** A tar with headers as given, honest or not. What does not fit into a header goes before it, as GNU and POSIX tars do. */
export function handmadeTar(entries: readonly (HeaderData & { readonly content?: string })[]): Buffer {
  const blocks = entries.flatMap(({ content = '', ...data }) => {
    const header = new Header({ mode: 0o644, mtime: new Date(0), size: Buffer.byteLength(content), ...data });
    const block = Buffer.alloc(512);
    const isTooLong = header.encode(block) || `${data.path}${data.linkpath}`.includes('\0');
    const { path, linkpath } = data;
    const extended = isTooLong ? new Pax({ ...(path && { path }), ...(linkpath && { linkpath }) }).encode() : '';
    const padding = Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512);
    return [Buffer.from(extended), block, Buffer.from(content), padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** An entry of a zip, honest or not: zip writers refuse names that lead out, and sizes that are lies. */
export interface ZipEntryData {
  readonly name: string;
  /** With the type of the file. @default a plain file */
  readonly mode?: number;
  /** @default 'content' */
  readonly content?: string;
  /** @default false */
  readonly isCompressed?: boolean;
  /** @default the content's */
  readonly announcedBytes?: number;
}

/**
 * A zip with entries as given, in its three parts: the contents, each behind a header; the directory; the end record.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function handmadeZip(entries: readonly ZipEntryData[]): Buffer {
  const contents: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, mode = 0o100644, content = 'content', isCompressed = false, announcedBytes } of entries) {
    const [nameBytes, bytes] = [Buffer.from(name), Buffer.from(content)];
    const stored = isCompressed ? deflateRawSync(bytes) : bytes;
    const common = Buffer.alloc(26); // from "version needed" to "extra field length": the same in both headers
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2); // the name is UTF-8
    common.writeUInt16LE(isCompressed ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(stored.length, 14);
    common.writeUInt32LE(announcedBytes ?? bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const attributes = Buffer.alloc(14);
    attributes.writeUInt16LE(mode, 8);
    attributes.writeUInt32LE(offset, 10);
    contents.push(Buffer.from('PK\x03\x04'), common, nameBytes, stored);
    directory.push(Buffer.from('PK\x01\x02\x14\x03'), common, attributes, nameBytes);
    offset += 30 + nameBytes.length + stored.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...contents, ...directory, Buffer.from('PK\x05\x06'), end]);
}
