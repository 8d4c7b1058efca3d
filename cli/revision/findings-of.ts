import { BundleError } from '../../agent/bundle/bundle-error.ts';
import { checkRevision } from './check-revision.ts';
import { openRevision } from './open-revision.ts';
import type { RevisionFinding } from './revision-finding.ts';
import { aboutFile } from './revision-finding.ts';

/**
 * All that is wrong with a revision, be it a directory or a bundle.
 * @throws UsageError when it is neither
 */
export async function findingsOf(path: string, appSpecFilename: string): Promise<RevisionFinding[]> {
  try {
    const revision = await openRevision(path);
    try {
      return await checkRevision(revision.directory, appSpecFilename);
    } finally {
      await revision.close();
    }
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    return [aboutFile(path, { severity: 'error', message: error.message, remedy: 'make the bundle anew' })];
  }
}
