import { createWriteStream } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Patience } from './attempts.ts';
import { attemptSeveralTimes } from './attempts.ts';
import type { S3Object } from './s3-object.ts';

const MIB = 1024 * 1024;
const WORTH_PARTS_BYTES = 64 * MIB;
const PART_BYTES = 16 * MIB;
/** S3 sends each connection some 50 to 100 MB/s; four of them fill the network of most instances. */
const PARTS_AT_A_TIME = 4;

/** Whether an object is so large that it is better fetched in parts. */
export const isWorthParts = (sizeBytes: number): boolean => sizeBytes >= WORTH_PARTS_BYTES;

interface PartedDownload {
  readonly file: string;
  readonly sizeBytes: number;
  readonly etag: string;
  /** With each part. */
  readonly patience: Patience;
}

/**
 * Fetches an object in parts, several at a time, each written where it belongs. The first part that fails for good
 * ends the others.
 */
export async function downloadInParts(object: S3Object, download: PartedDownload): Promise<void> {
  const { file, sizeBytes, etag, patience } = download;
  await writeFile(file, '');
  await truncate(file, sizeBytes);
  const failure = new AbortController();

  const fetchPart = async (firstByte: number): Promise<void> => {
    const lastByte = Math.min(firstByte + PART_BYTES, sizeBytes) - 1;
    const { body } = await object.get({ firstByte, lastByte, etag }, failure.signal);
    await pipeline(body, createWriteStream(file, { flags: 'r+', start: firstByte }));
  };
  const mayPass = (error: unknown): boolean => !failure.signal.aborted && patience.mayPass(error);
  const parts = partsOf(sizeBytes);
  const work = async (): Promise<void> => {
    try {
      for (const firstByte of parts) await attemptSeveralTimes(() => fetchPart(firstByte), { ...patience, mayPass });
    } catch (error) {
      failure.abort(error); // of several, the first is told
    }
  };

  await Promise.all(Array.from({ length: PARTS_AT_A_TIME }, work));
  failure.signal.throwIfAborted();
}

/** First bytes of the parts. Shared by those who fetch them: each is handed out once. */
function* partsOf(sizeBytes: number): Generator<number> {
  for (let firstByte = 0; firstByte < sizeBytes; firstByte += PART_BYTES) yield firstByte;
}
