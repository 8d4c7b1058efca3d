import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A revision that both agents deploy. */
export interface Revision {
  readonly title: string;
  readonly files: number;
  /** Size of each file. */
  readonly bytes: number;
}

export const REVISIONS = {
  few: { title: '10 files', files: 10, bytes: 2_048 },
  many: { title: '10,000 small files', files: 10_000, bytes: 1_024 },
  large: { title: 'one file of 200 MB', files: 1, bytes: 200 * 1024 * 1024 },
} as const satisfies Record<string, Revision>;

/** Installs nothing and runs nothing. */
export const EMPTY: Revision = { title: 'nothing', files: 0, bytes: 0 };

/**
 * Packs a revision that installs its files below `destination`. One with files has a script, for `BeforeInstall`, which
 * notes when it began.
 */
export async function packRevision(
  { files, bytes }: Revision,
  { bundle, destination, scriptRan }: { bundle: string; destination: string; scriptRan: string },
): Promise<void> {
  const zip = new ZipFile();
  const add = (name: string, content: string, mode = 0o644): void => {
    zip.addBuffer(Buffer.from(content), name, { mode });
  };
  add('appspec.yml', files === 0 ? HEADER : HEADER + content(destination));
  if (files > 0) add('scripts/start.sh', `#!/bin/sh\ndate +%s%N > ${scriptRan}\n`, 0o755);
  for (let number = 0; number < files; number += 1) {
    const name = `files/${String(number % 100).padStart(2, '0')}/${number}.bin`;
    // What cannot be compressed is stored: the agents' own work is measured, not zlib's.
    if (bytes < 1024 * 1024) zip.addBuffer(randomBytes(bytes), name, { compress: false });
    else zip.addReadStream(noise(bytes), name, { compress: false });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(bundle));
}

function noise(bytes: number): Readable {
  const chunk = randomBytes(1024 * 1024);
  return Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
    })(),
  );
}

const HEADER = 'version: 0.0\nos: linux\n';

function content(destination: string): string {
  return `files:
  - source: files
    destination: ${destination}
hooks:
  BeforeInstall:
    - location: scripts/start.sh
      timeout: 60
`;
}
