import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

// A loopback endpoint has no host name per bucket.
const s3 = new S3Client({ forcePathStyle: true });

/**
 * Copies one object from or to S3; `-` is standard output or input.
 * @returns the line that the AWS CLI prints when it is done
 * @throws Error of S3, of the file system, or when neither or both sides are in S3
 */
export async function copyObject(source: string, target: string): Promise<string> {
  const [from, to] = [parseS3Uri(source), parseS3Uri(target)];
  if (from && !to) return download(from, target);
  if (to && !from) return upload(source, to);
  throw new Error('one side must be s3://bucket/key and the other a file or -');
}

interface S3Object {
  readonly Bucket: string;
  readonly Key: string;
}

function parseS3Uri(uri: string): S3Object | undefined {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return Bucket === undefined || Key === undefined ? undefined : { Bucket, Key };
}

async function download(object: S3Object, target: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(object));
  const content = Body as Readable;
  if (target === '-') {
    await pipeline(content, process.stdout, { end: false });
    return '';
  }
  const file = isDirectory(target) ? join(target, basename(object.Key)) : target;
  mkdirSync(dirname(file), { recursive: true });
  // Whoever waits for the file must not meet half of it.
  const unfinished = `${file}.${process.pid}`;
  await pipeline(content, createWriteStream(unfinished));
  renameSync(unfinished, file);
  return `download: s3://${object.Bucket}/${object.Key} to ${relative('.', file)}`;
}

async function upload(source: string, { Bucket, Key }: S3Object): Promise<string> {
  const name = Key === '' || Key.endsWith('/') ? `${Key}${basename(source)}` : Key;
  const content = await buffer(source === '-' ? process.stdin : createReadStream(source));
  await s3.send(new PutObjectCommand({ Bucket, Key: name, Body: content }));
  return `upload: ${source} to s3://${Bucket}/${name}`;
}

function isDirectory(path: string): boolean {
  return path.endsWith('/') || (existsSync(path) && statSync(path).isDirectory());
}
