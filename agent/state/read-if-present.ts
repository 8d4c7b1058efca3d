import { readdir, readFile } from 'node:fs/promises';

/** A file's text; undefined when there is no such file. */
export function readFileIfPresent(path: string): Promise<string | undefined> {
  return ifPresent(readFile(path, 'utf8'), undefined);
}

/** Names in a directory; none when there is no such directory. */
export function namesIn(directory: string): Promise<string[]> {
  return ifPresent(readdir(directory), []);
}

async function ifPresent<Found, Missing>(reading: Promise<Found>, missing: Missing): Promise<Found | Missing> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return missing;
    throw error;
  }
}
