import { basename } from 'node:path';
import { text } from 'node:stream/consumers';

import yauzl, { type Entry, type ZipFile } from 'yauzl';

import { endReading, ReadingEnded } from './app-spec-reading.ts';
import { AppSpecSearch } from './app-spec-search.ts';
import { BundleReader } from './bundle-reader.ts';
import { type FoundAppSpec, isNoFile, noAppSpec, requireBearable } from './found-app-spec.ts';
import type { S3Bundle } from './s3-bundle.ts';

/**
 * Finds the AppSpec of a zip archive by the archive's directory, and reads nothing else of it.
 * @throws ReadingEnded
 */
export async function appSpecInZip(bundle: S3Bundle): Promise<FoundAppSpec> {
  const reader = new BundleReader(bundle);
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, bundle.sizeBytes, { autoClose: false });
    const { path, entry } = await findIn(zip);
    requireBearable(path, entry.uncompressedSize);
    return { path: basename(path), text: await text(await zip.openReadStreamPromise(entry)) };
  } catch (error) {
    if (reader.failure !== undefined) throw reader.failure;
    if (error instanceof ReadingEnded || !(error instanceof Error)) throw error;
    return endReading('unusable', `it is no zip archive, or a damaged one: ${error.message}`, error);
  }
}

async function findIn(zip: ZipFile): Promise<{ readonly path: string; readonly entry: Entry }> {
  const search = new AppSpecSearch();
  const candidates = new Map<string, Entry>();
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    const path = search.see(entry.fileName, !entry.fileName.endsWith('/'));
    if (path !== undefined) candidates.set(path, entry);
  }
  const path = search.found();
  const entry = path === undefined ? undefined : candidates.get(path);
  if (path === undefined || !entry) return noAppSpec();
  return isRegular(entry) ? { path, entry } : isNoFile(path);
}

const MADE_ON_UNIX = 3;
const FILE_TYPE = 0o170000;

function isRegular({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const type = versionMadeBy >>> 8 === MADE_ON_UNIX ? (externalFileAttributes >>> 16) & FILE_TYPE : 0;
  return type === 0 || type === 0o100000;
}
