import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { s3Object } from './s3-object.ts';
import type { S3Object } from './s3-object.ts';

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

function parseS3Uri(uri: string): S3Object | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

async function download(object: S3Object, target: string): Promise<string> {
  const content = await s3Object('GET', object);
  if (target === '-') {
    await pipeline(content, process.stdout, { end: false });
    return '';
  }
  const file = isDirectory(target) ? join(target, basename(object.key)) : target;
  mkdirSync(dirname(file), { recursive: true });
  // Whoever waits for the file must not meet half of it.
  const unfinished = `${file}.${process.pid}`;
  await pipeline(content, createWriteStream(unfinished));
  renameSync(unfinished, file);
  return `download: s3://${object.bucket}/${object.key} to ${relative('.', file)}`;
}

async function upload(source: string, { bucket, key }: S3Object): Promise<string> {
  const name = key === '' || key.endsWith('/') ? `${key}${basename(source)}` : key;
  const content = await buffer(source === '-' ? process.stdin : createReadStream(source));
  const answer = await s3Object('PUT', { bucket, key: name }, content);
  answer.resume();
  return `upload: ${source} to s3://${bucket}/${name}`;
}

function isDirectory(path: string): boolean {
  return path.endsWith('/') || (existsSync(path) && statSync(path).isDirectory());
}
