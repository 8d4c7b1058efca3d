import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from '../../agent/bundle/unpack.ts';
import { UsageError } from '../command.ts';
import { bundleTypeOf } from './bundle-type.ts';

/** A revision that can be looked at. */
export interface OpenRevision {
  readonly directory: string;
  /** Removes what was unpacked. */
  close(): Promise<void>;
}

/**
 * Opens a revision: a directory as it is, a bundle unpacked as the agent would, refusals included.
 * @throws UsageError when it is neither
 * @throws BundleError when the agent would refuse the bundle
 */
export async function openRevision(path: string): Promise<OpenRevision> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UsageError(`${path} does not exist`);
  if (found.isDirectory()) return { directory: path, close: () => Promise.resolve() };
  const type = bundleTypeOf(path);
  if (!type) throw new UsageError(`${path} is no directory, and no .zip, .tar, .tgz or .tar.gz`);
  const temporary = await mkdtemp(join(tmpdir(), 'slipway-revision-'));
  const close = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    const directory = join(temporary, 'revision');
    await unpack(type, { bundle: path, unfinished: join(temporary, 'unfinished'), archive: directory });
    return { directory, close };
  } catch (error) {
    await close();
    throw error;
  }
}
