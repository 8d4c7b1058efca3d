import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

import { Parser, type ReadEntry } from 'tar';

import { endReading, ReadingEnded } from './app-spec-reading.ts';
import { AppSpecSearch } from './app-spec-search.ts';
import { type FoundAppSpec, isNoFile, noAppSpec, requireBearable } from './found-app-spec.ts';

/** A tar has no directory: what it holds is known by reading it. */
const LIMIT_BYTES = 256 * 1024 * 1024;

const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const LINKS: ReadonlySet<string> = new Set(['SymbolicLink', 'Link']);

/**
 * Finds the AppSpec of a tar archive, gzipped or not, and reads no further. The first `appspec.yml` counts.
 * @param isWrapped whether a directory is known to be around everything
 * @throws ReadingEnded; what the download fails with escapes
 */
export async function appSpecInTar(archive: Readable, isWrapped = false): Promise<FoundAppSpec> {
  const search = new AppSpecSearch(isWrapped);
  const contents = new Map<string, Buffer[]>();
  let failure: unknown;
  const parser = new Parser({
    strict: true, // a damaged header is an error, not a warning
    onReadEntry: (entry) => {
      try {
        readEntry(entry, search, contents);
      } catch (error) {
        failure ??= error;
      }
      entry.resume();
    },
  });
  parser.on('error', (error: unknown) => (failure ??= error));
  const finished = once(parser, 'finish').catch((error: unknown) => (failure ??= error));

  let bytes = 0;
  const sure = () => withText(search.foundForSure(), contents);
  for await (const chunk of archive) {
    parser.write(chunk as Buffer);
    if (failure !== undefined) throw told(failure);
    const found = sure();
    if (found) return found;
    if ((bytes += (chunk as Buffer).length) > LIMIT_BYTES) tooLong();
  }
  parser.end();
  await finished;
  if (failure !== undefined) throw told(failure);
  return withText(search.found(), contents) ?? noAppSpec();
}

function readEntry(entry: ReadEntry, search: AppSpecSearch, contents: Map<string, Buffer[]>): void {
  const path = search.see(entry.path, FILES.has(entry.type) || LINKS.has(entry.type));
  if (path === undefined) return;
  if (LINKS.has(entry.type)) isNoFile(path);
  requireBearable(path, entry.size);
  const pieces: Buffer[] = [];
  entry.on('data', (piece: Buffer) => pieces.push(piece));
  entry.on('end', () => contents.set(path, pieces));
}

function withText(path: string | undefined, contents: ReadonlyMap<string, Buffer[]>): FoundAppSpec | undefined {
  const pieces = path === undefined ? undefined : contents.get(path);
  return path === undefined || !pieces
    ? undefined
    : { path: basename(path), text: Buffer.concat(pieces).toString('utf8') };
}

function told(failure: unknown): ReadingEnded {
  if (failure instanceof ReadingEnded) return failure;
  const reason = failure instanceof Error ? failure.message : String(failure);
  return new ReadingEnded(
    { kind: 'unusable', reason: `it is no tar archive, or a damaged one: ${reason}` },
    { cause: failure },
  );
}

function tooLong(): never {
  return endReading(
    'unreadable',
    `its first ${LIMIT_BYTES / 1024 / 1024} MiB hold no AppSpec: put it first into the archive, or pack a zip`,
  );
}
