import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BundleType } from '../../agent/protocol/revision-location.ts';
import { CommandError } from '../command.ts';
import { bundleTypeOf } from '../revision/bundle-type.ts';
import { findingsOf } from '../revision/findings-of.ts';
import { isValid, tellFindings } from '../revision/tell-findings.ts';
import type { Terminal } from '../terminal.ts';
import { zipDirectory } from './zip-directory.ts';

/** A checked revision, ready to be uploaded. */
export interface PackagedRevision {
  /** A file on this machine. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  readonly bundleType: BundleType;
  /** Removes what was made for it. */
  close(): Promise<void>;
}

/**
 * Checks a revision as `slipway validate` does and makes a bundle of it; what is a bundle already stays as it is.
 * Findings go to the terminal as notes.
 * @throws CommandError when it is not valid
 * @throws UsageError when it is neither directory nor bundle
 */
export async function packageRevision(path: string, terminal: Terminal): Promise<PackagedRevision> {
  const findings = await findingsOf(path, APP_SPEC_FILENAME);
  const notes = { ...terminal, print: terminal.note };
  tellFindings(findings, notes);
  if (!isValid(findings)) throw new CommandError(`${path} is not valid, and nothing was uploaded`);

  const bundleType = bundleTypeOf(path);
  if (bundleType !== undefined && (await stat(path)).isFile()) {
    return { ...(await measured(path)), bundleType, close: () => Promise.resolve() };
  }
  const temporary = await mkdtemp(join(tmpdir(), 'slipway-bundle-'));
  const close = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    const bundle = join(temporary, 'revision.zip');
    await zipDirectory(path, bundle);
    return { ...(await measured(bundle)), bundleType: 'zip', close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The only name under which a deployment looks for it. */
const APP_SPEC_FILENAME = 'appspec.yml';

async function measured(path: string): Promise<Pick<PackagedRevision, 'path' | 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { path, bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
