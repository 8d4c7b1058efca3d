import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;
/** A killed process is gone at once, except while the system is busy with it. */
const LONGEST_DEATH_MS = 2_000;

/**
 * Ends every process of a group: asks with SIGTERM, and after the grace period kills with SIGKILL what is left.
 * Processes that moved to a group of their own are not in it.
 */
export async function endProcessGroup(leader: number, graceMs: number): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return;
  if (await isGoneWithin(leader, graceMs)) return;
  if (!signalGroup(leader, 'SIGKILL')) return;
  await isGoneWithin(leader, LONGEST_DEATH_MS);
}

async function isGoneWithin(leader: number, ms: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < ms; waitedMs += LOOK_EVERY_MS) {
    if (!signalGroup(leader, 0)) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return !signalGroup(leader, 0);
}

/** @returns whether the group had any process left that can be reached */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch (error) {
    // EPERM: what is left runs as another user.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
