import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRevision } from '../../core/app-spec/index.ts';
import { describeShortage, isDiskFull } from '../disk/full-disk.ts';
import type { BundleType } from '../protocol/revision-location.ts';
import { BundleError } from './bundle-error.ts';
import { EntryWriter } from './entry-writer.ts';
import { requireInnerLinks } from './inner-links.ts';

export interface UnpackPlaces {
  readonly bundle: string;
  /** Where the archive grows; removed afterwards, and at the beginning if an earlier attempt left it. */
  readonly unfinished: string;
  /** Where it ends up, in one step: whoever sees it sees all of it. */
  readonly archive: string;
}

/**
 * Unpacks a bundle, without the single directory that some tools put around everything.
 * @param limitBytes what it may unpack to; all that the disk has room for unless given
 * @throws BundleError for a bundle that is damaged, refused or too large; nothing is left of the attempt
 */
export async function unpack(type: BundleType, places: UnpackPlaces, limitBytes = Infinity): Promise<void> {
  const { bundle, unfinished, archive } = places;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    const { symbolicLinks } = await unpackInto(unfinished, type, bundle, limitBytes);
    const root = await archiveRoot(unfinished);
    requireInnerLinks(root, symbolicLinks);
    await rm(archive, { recursive: true, force: true });
    await rename(root, archive);
    await rm(unfinished, { recursive: true, force: true });
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw await describe(error, type, bundle); // after the removal, so that it tells what room there is
  }
}

async function unpackInto(
  directory: string,
  type: BundleType,
  bundle: string,
  limitBytes: number,
): Promise<EntryWriter> {
  const writer = new EntryWriter(directory, { keepsOwners: process.getuid?.() === 0, limitBytes });
  // Loaded when needed: most of the time an agent waits, and starts faster without them.
  if (type === 'zip') await (await import('./read-zip.ts')).readZip(bundle, writer.write);
  else await (await import('./read-tar.ts')).readTar(bundle, writer.write);
  writer.finish();
  return writer;
}

/** The unpacked directory, or the only directory in it if that holds the AppSpec. */
async function archiveRoot(unfinished: string): Promise<string> {
  const [only, ...others] = await readdir(unfinished, { withFileTypes: true });
  if (!only?.isDirectory() || others.length > 0) return unfinished;
  const inner = join(unfinished, only.name);
  return isRevision(await readdir(inner)) ? inner : unfinished;
}

async function describe(error: unknown, type: BundleType, bundle: string): Promise<Error> {
  if (error instanceof BundleError) return error;
  if (isDiskFull(error)) {
    const neededBytes = type === 'zip' ? await (await import('./read-zip.ts')).unpackedBytesOfZip(bundle) : undefined;
    return new BundleError(
      `The disk is (or was) full during extraction: ${describeShortage(dirname(bundle), neededBytes)}`,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new BundleError(`Error extracting ${type} archive: ${reason}. Is the bundle complete, and really a ${type}?`, {
    cause: error,
  });
}
