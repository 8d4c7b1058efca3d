import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry } from 'yauzl';
import type { ArchiveEntry, EntrySink } from './archive-entry.ts';
import { refused } from './entry-path.ts';
import { OpenZip } from './zip-file.ts';

const MADE_ON_UNIX = 3;
const FILE_TYPE = 0o170000;
const PERMISSIONS = 0o7777;
const LONGEST_LINK_TARGET = 4096;

const ENTRIES_PER_TURN = 100;

/** Reads a zip archive entry by entry, checking sizes and checksums. */
export async function readZip(path: string, sink: EntrySink): Promise<void> {
  const zip = await OpenZip.open(path);
  let entries = 0;
  try {
    for await (const entry of zip.entries()) {
      const unfinished = sink(toArchiveEntry(zip, entry));
      if (unfinished) await unfinished;
      if ((entries += 1) % ENTRIES_PER_TURN === 0) await nextTurn(); // signals get their turn
    }
  } finally {
    zip.close();
  }
}

/** What the files of a zip archive add up to once unpacked, as it says itself. */
export async function unpackedBytesOfZip(path: string): Promise<number> {
  const zip = await OpenZip.open(path);
  let bytes = 0;
  try {
    for await (const entry of zip.entries()) bytes += entry.uncompressedSize;
  } finally {
    zip.close();
  }
  return bytes;
}

function toArchiveEntry(zip: OpenZip, entry: Entry): ArchiveEntry {
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  if (entry.isEncrypted()) throw refused(name, 'it is encrypted');
  if (!entry.canDecodeFileData())
    throw refused(name, `it is compressed by the unusual method ${entry.compressionMethod}`);
  const unixMode = entry.versionMadeBy >>> 8 === MADE_ON_UNIX ? entry.externalFileAttributes >>> 16 : 0;
  const common = {
    name,
    modifiedAt: entry.getLastModDate(),
    ...(unixMode & PERMISSIONS ? { mode: unixMode & PERMISSIONS } : {}),
  };
  switch (unixMode & FILE_TYPE) {
    case 0o040000:
      return { ...common, kind: 'directory' };
    case 0o120000:
      if (entry.uncompressedSize > LONGEST_LINK_TARGET || !zip.isSmall(entry))
        throw refused(name, 'it is a link with too long a target');
      return { ...common, kind: 'symlink', target: smallContentOf(zip, entry, name).toString('utf8') };
    case 0o100000:
    case 0:
      if (name.endsWith('/')) return { ...common, kind: 'directory' };
      return { ...common, kind: 'file', content: (zip.isSmall(entry) ? smallContentOf : contentOf)(zip, entry, name) };
    default:
      throw refused(name, 'it is a device, pipe or socket');
  }
}

/** @throws BundleError when the checksum differs */
function smallContentOf(zip: OpenZip, entry: Entry, name: string): Buffer {
  const content = zip.smallContent(entry);
  requireChecksum(crc32(content), entry, name);
  return content;
}

/** The content of an entry; fails at its end when the checksum differs. */
async function* contentOf(zip: OpenZip, entry: Entry, name: string): AsyncIterable<Uint8Array> {
  let checksum = 0;
  for await (const piece of zip.content(entry)) {
    checksum = crc32(piece, checksum);
    yield piece;
  }
  requireChecksum(checksum, entry, name);
}

function requireChecksum(checksum: number, entry: Entry, name: string): void {
  if (checksum !== entry.crc32) throw refused(name, 'its content is damaged: the checksum differs');
}
