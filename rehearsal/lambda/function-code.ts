import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Ground } from '../part.ts';
import type { Surroundings } from './surroundings.ts';

const schema = z.object({
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
  ZipFile: z.string().optional(),
});

/**
 * The directory with the code that a `Code` or `Content` property names; inline code gets one of its own.
 * @throws when the code is in no asset of the assembly
 */
export async function codeDirectory(
  ground: Ground,
  surroundings: Pick<Surroundings, 'codeDirectory'>,
  code: unknown,
  owner: string,
): Promise<string> {
  const { S3Bucket = '', S3Key = '', ZipFile } = schema.parse(code);
  if (ZipFile !== undefined) return writeInlineCode(join(ground.directory, 'inline-code', owner), ZipFile);

  const directory = surroundings.codeDirectory(S3Bucket, S3Key);
  if (directory && existsSync(directory)) return directory;
  throw new Error(`The code of ${owner}, s3://${S3Bucket}/${S3Key}, is no asset of the assembly: synthesize it again`);
}

async function writeInlineCode(directory: string, source: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  // Lambda names inline code index.js and, having no package.json beside it, takes it for CommonJS.
  await writeFile(join(directory, 'package.json'), '{"type":"commonjs"}');
  await writeFile(join(directory, 'index.js'), source);
  return directory;
}
