import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Parser } from 'tar';
import type { ReadEntry } from 'tar';
import type { ArchiveEntry, EntrySink } from './archive-entry.ts';
import { refused } from './entry-path.ts';

const KINDS: ReadonlyMap<string, ArchiveEntry['kind']> = new Map([
  ['File', 'file'],
  ['OldFile', 'file'],
  ['ContiguousFile', 'file'],
  ['Directory', 'directory'],
  ['GNUDumpDir', 'directory'],
  ['SymbolicLink', 'symlink'],
  ['Link', 'hardlink'],
]);

/** Reads a tar archive entry by entry; a gzipped one too, whatever its name says. */
export async function readTar(path: string, sink: EntrySink): Promise<void> {
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined); // it is awaited below, but may come earlier
  let written: Promise<void> = Promise.resolve();
  const parser = new Parser({
    strict: true, // a damaged header is an error, not a warning
    onReadEntry: (entry) => {
      // The parser holds back until an entry is consumed, so that entries are written one after another.
      written = written.then(() => writeEntry(entry, sink));
      written.catch(failure.reject);
    },
  });
  parser.on('error', failure.reject);
  const finished = once(parser, 'finish');
  finished.catch(() => undefined);

  for await (const chunk of createReadStream(path)) {
    if (!parser.write(chunk as Buffer)) await Promise.race([once(parser, 'drain'), failure.promise]);
  }
  parser.end();
  await Promise.race([finished, failure.promise]);
  await Promise.race([written, failure.promise]);
}

async function writeEntry(entry: ReadEntry, sink: EntrySink): Promise<void> {
  const unfinished = sink(toArchiveEntry(entry));
  if (unfinished) await unfinished;
  entry.resume(); // what the sink left unread
}

function toArchiveEntry(entry: ReadEntry): ArchiveEntry {
  const kind = KINDS.get(entry.type);
  if (!kind) throw refused(entry.path, `it is a ${entry.type}, neither file, directory nor link`);
  return {
    name: entry.path,
    kind,
    ...(entry.mode === undefined ? {} : { mode: entry.mode & 0o7777 }),
    ...(entry.mtime === undefined ? {} : { modifiedAt: entry.mtime }),
    ...(entry.uid === undefined || entry.gid === undefined ? {} : { owner: { uid: entry.uid, gid: entry.gid } }),
    ...(entry.linkpath === undefined ? {} : { target: entry.linkpath }),
    ...(kind === 'file' ? { content: entry } : {}),
  };
}
