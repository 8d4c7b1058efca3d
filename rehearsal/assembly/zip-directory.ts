import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Time does not belong to a bundle's content: the same files give the same archive. */
const EPOCH = new Date('1980-01-01T00:00:00Z');

/** A zip archive of a directory, with file modes, as `cdk deploy` uploads it. */
export async function zipDirectory(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const zip = new ZipFile();
  for (const file of files.sort()) zip.addFile(file, relative(directory, file), { mtime: EPOCH });
  zip.end();
  return buffer(zip.outputStream);
}
