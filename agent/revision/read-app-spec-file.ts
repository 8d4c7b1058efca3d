import { readFile, stat } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import type { AppSpec } from '../../core/app-spec/index.ts';
import { appSpecPaths, AppSpecError, LARGEST_APP_SPEC_BYTES, parseAppSpec } from '../../core/app-spec/index.ts';

/** A revision without a usable AppSpec. The message says where it was looked for, or line and remedy. */
export class RevisionError extends Error {
  override readonly name = 'RevisionError';
}

/** Reads the AppSpec of an unpacked revision. @throws RevisionError when there is none or it is faulty */
export async function readAppSpecFile(archive: string, name: string): Promise<AppSpec> {
  const { path, text } = await findAppSpecFile(archive, name);
  return parse(text, basename(path));
}

/**
 * Finds the AppSpec of an unpacked revision: the named file, else `appspec.yaml`, else `appspec.yml`.
 * All lifecycle events look for it in this way (AWS's agent tries the other names during Install only).
 * @returns its path inside the revision, and its text unchecked
 * @throws RevisionError
 */
export async function findAppSpecFile(archive: string, name: string): Promise<{ path: string; text: string }> {
  const relativePath = normalize(name);
  if (relativePath.startsWith('..')) throw new RevisionError(`The AppSpec file ${name} lies outside the revision`);
  for (const candidate of appSpecPaths(relativePath)) {
    const text = await readIfFile(join(archive, candidate));
    if (text !== undefined) return { path: candidate, text };
  }
  throw new RevisionError(
    `The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "${name}". The revision was unpacked to directory "${archive}", and the AppSpec file was expected but not found at path "${join(archive, name)}". Consult the AWS CodeDeploy Appspec documentation for more information at http://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html`,
  );
}

function parse(text: string, fileName: string): AppSpec {
  try {
    return parseAppSpec(text);
  } catch (error) {
    if (error instanceof AppSpecError) throw new RevisionError(error.describe(fileName), { cause: error });
    throw error;
  }
}

async function readIfFile(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_APP_SPEC_BYTES) {
      throw new RevisionError(`The AppSpec file ${path} is larger than ${LARGEST_APP_SPEC_BYTES} bytes`);
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
