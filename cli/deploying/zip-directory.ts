import { createWriteStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { CommandError } from '../command.ts';

/** Read as local time, so that the same bytes come out in every time zone. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Packs a directory into a zip archive: everything in it, hidden files, empty directories and symbolic links included.
 * Of modes only whether a file is executable is kept, and no times and owners: the same content gives the same bytes.
 * @throws CommandError for what no archive can hold, such as a socket
 */
export async function zipDirectory(directory: string, path: string): Promise<void> {
  const zip = new ZipFile();
  const failed = new Promise<never>((_, reject) => zip.once('error', reject));
  const written = pipeline(zip.outputStream, createWriteStream(path));
  const added = namesBelow(directory).then(async (names) => {
    for (const name of names) await add(zip, directory, name);
    zip.end();
  });
  await Promise.race([Promise.all([added, written]), failed]);
}

/** In the order of their bytes, which no locale changes. */
async function namesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries.map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  return names.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

async function add(zip: ZipFile, directory: string, name: string): Promise<void> {
  const path = join(directory, name);
  const found = await lstat(path);
  const options = { mtime: EPOCH, forceDosTimestamp: true };
  if (found.isFile()) {
    zip.addFile(path, name, { ...options, mode: (found.mode & 0o111) === 0 ? 0o100644 : 0o100755 });
  } else if (found.isSymbolicLink()) {
    zip.addBuffer(Buffer.from(await readlink(path)), name, { ...options, mode: 0o120777 });
  } else if (found.isDirectory()) {
    zip.addEmptyDirectory(name, { ...options, mode: 0o40755 });
  } else {
    throw new CommandError(`${path} is neither file, directory nor symbolic link: take it out of the revision.`);
  }
}
