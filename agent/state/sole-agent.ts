import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ProcessIdentity, identifyProcess, isSameProcess } from '../hook-scripts/process-identity.ts';

/** Another agent works with the same root directory. The message names its process and the remedy. */
class AnotherAgentRuns extends Error {
  override readonly name = 'AnotherAgentRuns';
}

/**
 * Claims the root directory for this process. Two agents that share one would each take the other's command for one
 * that a crash interrupted, and report it as failed while its script runs. The claim of a process that is gone, also
 * one of before the last boot, does not count; a system that does not tell processes apart has none.
 * @param claim the file that holds it
 * @throws AnotherAgentRuns
 */
export function claimRootDirectory(claim: string): void {
  const own = identifyProcess(process.pid);
  if (!own) return;
  const draft = `${claim}.${own.pid}`;
  mkdirSync(dirname(claim), { recursive: true });
  writeFileSync(draft, JSON.stringify(own));
  try {
    while (!isLinked(draft, claim)) {
      const holder = holderOf(claim);
      if (holder && isSameProcess(holder, identifyProcess(holder.pid))) {
        throw new AnotherAgentRuns(
          `Another agent, process ${holder.pid}, works with ${dirname(claim)}: stop it, or give this one a root_dir of its own`,
        );
      }
      rmSync(claim, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link is made whole or not at all, and never over another. */
function isLinked(draft: string, claim: string): boolean {
  try {
    linkSync(draft, claim);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(claim: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(claim, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined; // removed meanwhile, or torn by a full disk: nobody's
  }
}
