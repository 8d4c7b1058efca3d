import { addAbortSignal, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { GetObjectCommand, type GetObjectCommandOutput, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

import { withoutQuotes } from '../../core/application-revisions/application-revision.ts';
import type { S3Location } from '../../core/revision.ts';
import { endReading, ReadingEnded } from './app-spec-reading.ts';

/** Most revisions are smaller, and are read by one request. */
const FIRST_BYTES = 256 * 1024;

/** An object of S3 in one state, of which parts can be read. */
export class S3Bundle {
  readonly sizeBytes: number;
  /** With its quotes, as S3 gives it. */
  readonly eTag: string;
  /** How it begins: all of it, if it is small. */
  readonly beginning: Buffer;
  readonly #client: S3Client;
  readonly #location: Omit<S3Location, 'BundleType'>;
  readonly #signal: AbortSignal;

  private constructor(
    from: {
      readonly client: S3Client;
      readonly location: Omit<S3Location, 'BundleType'>;
      readonly signal: AbortSignal;
    },
    { ETag = '', ContentRange = '' }: GetObjectCommandOutput,
    beginning: Buffer,
  ) {
    this.#client = from.client;
    this.#location = from.location;
    this.#signal = from.signal;
    this.eTag = ETag;
    this.beginning = beginning;
    this.sizeBytes = Number(/\/(\d+)$/.exec(ContentRange)?.[1] ?? beginning.length);
  }

  /** @throws ReadingEnded when it is not there, not the one that is meant, in the state that is known, or not ours to read */
  static async open(
    client: S3Client,
    location: Omit<S3Location, 'BundleType'>,
    knownETag: string | undefined,
    signal: AbortSignal,
  ): Promise<S3Bundle> {
    const { Bucket, Key, Version, ETag } = location;
    const command = new GetObjectCommand({
      ...{ Bucket, Key, Range: `bytes=0-${FIRST_BYTES - 1}` },
      ...(Version !== undefined && { VersionId: Version }),
      ...(knownETag !== undefined && { IfNoneMatch: knownETag }),
    });
    return told(async () => {
      const output = await client.send(command, { abortSignal: signal });
      const actual = withoutQuotes(output.ETag ?? '');
      if (ETag !== undefined && withoutQuotes(ETag) !== actual) {
        endReading('gone', `its ETag is ${actual}, not ${withoutQuotes(ETag)}: another object lies there now`);
      }
      return new S3Bundle({ client, location, signal }, output, await bytesOf(output, signal));
    });
  }

  /** @param end behind the last byte */
  async part(start: number, end: number): Promise<Buffer> {
    if (end <= this.beginning.length) return this.beginning.subarray(start, end);
    return told(async () => bytesOf(await this.#get(`bytes=${start}-${end - 1}`), this.#signal));
  }

  /** All of it, from the beginning. Whoever destroys the stream ends the download. */
  async stream(): Promise<Readable> {
    if (this.sizeBytes <= this.beginning.length) return Readable.from([this.beginning]);
    return told(async () => bodyOf(await this.#get(), this.#signal));
  }

  #get(Range?: string): Promise<GetObjectCommandOutput> {
    const { Bucket, Key, Version } = this.#location;
    const command = new GetObjectCommand({
      ...{ Bucket, Key, IfMatch: this.eTag },
      ...(Range !== undefined && { Range }),
      ...(Version !== undefined && { VersionId: Version }),
    });
    return this.#client.send(command, { abortSignal: this.#signal });
  }
}

async function bytesOf(output: GetObjectCommandOutput, signal: AbortSignal): Promise<Buffer> {
  return buffer(bodyOf(output, signal));
}

/** The client's own signal reaches as far as the headers of an answer. */
function bodyOf({ Body }: GetObjectCommandOutput, signal: AbortSignal): Readable {
  return addAbortSignal(signal, Body as Readable);
}

/** Takes S3's refusals for what they mean. Outages are none: they escape. @throws ReadingEnded */
async function told<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    const { httpStatusCode: status = 0 } = error.$metadata;
    if (status === 304) throw new ReadingEnded({ kind: 'unchanged' });
    if (status === 416) return endReading('unusable', 'it is empty', error);
    const reason = `S3 answers ${error.name}: ${error.message}`;
    return endReading(NEVER_THERE.has(error.name) || status === 404 ? 'gone' : 'unreadable', reason, error);
  }
}

/** Besides all that has the status 404. The last is S3's answer to a version that cannot be one. */
const NEVER_THERE: ReadonlySet<string> = new Set(['InvalidBucketName', 'MethodNotAllowed', 'InvalidArgument']);
