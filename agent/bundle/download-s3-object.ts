import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { availableBytes, describeShortage, isDiskFull } from '../disk/full-disk.ts';
import type { HttpResponse, Send } from '../http/send.ts';
import { errorText } from '../log/agent-log.ts';
import { attemptSeveralTimes } from './attempts.ts';
import { BundleError } from './bundle-error.ts';
import { downloadInParts, isWorthParts } from './download-in-parts.ts';
import { isFileError } from './file-error.ts';
import type { S3Location } from './s3-object-url.ts';
import type { S3Access } from './s3-object.ts';
import { S3Object } from './s3-object.ts';

const PAUSES_BETWEEN_ATTEMPTS_MS = [300, 1000, 3000, 10_000, 30_000];

/**
 * Streams an object of S3 into a file; a large one in several parts at a time. A download that breaks off goes on where
 * it stopped, as long as the object is still the same.
 * @throws BundleError with S3's own message, or when the object is not the one expected, or does not fit on the disk
 */
export async function downloadS3Object(
  send: Send,
  s3: S3Access,
  location: S3Location & { readonly etag?: string },
  file: string,
): Promise<void> {
  const object = new S3Object(send, s3, location);
  const patience = {
    pausesMs: PAUSES_BETWEEN_ATTEMPTS_MS,
    pause: s3.pause,
    mayPass: (error: unknown) => !(error instanceof BundleError) && !isFileError(error) && !s3.signal?.aborted,
  };
  let got: { readonly etag: string; readonly bytes: number } | undefined;

  const download = async (): Promise<void> => {
    const response = await (got ? object.get({ firstByte: got.bytes, etag: got.etag }) : object.get());
    const sizeBytes = Number(response.headers['content-length'] ?? 0);
    requireRoom(file, sizeBytes, response);
    const etag = response.headers['accept-ranges'] === 'bytes' ? response.headers.etag : undefined;
    if (!got && etag !== undefined && isWorthParts(sizeBytes)) {
      response.body.destroy(); // hardly begun
      await downloadInParts(object, { file, sizeBytes, etag, patience });
      return;
    }
    const output = createWriteStream(file, got ? { flags: 'r+', start: got.bytes } : {});
    try {
      await pipeline(response.body, output);
    } catch (error) {
      const bytes = (got?.bytes ?? 0) + output.bytesWritten;
      if (etag !== undefined && bytes > 0) got = { etag, bytes };
      throw error;
    }
  };

  try {
    await attemptSeveralTimes(download, patience);
  } catch (error) {
    throw describe(error, object, file);
  }
}

/** A disk that is too small is found before it is filled: others write to it too. */
function requireRoom(file: string, neededBytes: number, response: HttpResponse): void {
  if (neededBytes <= availableBytes(file)) return;
  response.body.destroy();
  throw new BundleError(`The disk is full: ${describeShortage(file, neededBytes)}`);
}

function describe(error: unknown, object: S3Object, file: string): Error {
  if (error instanceof BundleError) return error;
  const what = `Could not download ${object.name}`;
  if (isDiskFull(error)) return new BundleError(`${what}: The disk is full: ${describeShortage(file)}`);
  return new BundleError(`${what}: ${errorText(error)}. Try using s3 endpoint override.`, { cause: error });
}
