import { writeSync } from 'node:fs';

/** Writes all of a piece where the file stands: on a disk that fills up, a single call may write less without an error. */
export function writeAll(descriptor: number, piece: Uint8Array): void {
  for (let written = 0; written < piece.length;) written += writeSync(descriptor, piece, written);
}
