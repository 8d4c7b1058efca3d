import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { type Rehearsal, startRehearsal } from '../rehearsal/index.ts';
import { Assemblies } from './assemblies.ts';
import { Fleet } from './fleet.ts';
import { untilInterrupted } from './interruption.ts';
import type { Narrator } from './narrator.ts';
import { showProgress } from './progress.ts';
import { rolling, type RollingOutcome } from './rolling.ts';
import { formatDuration } from './timeline/format.ts';

const SAMPLES = resolve(import.meta.dirname, '../samples');
const NEXT_VERSION = '2.0.0';

export interface RollingResult {
  /** The reason, when something went otherwise than the story says. */
  readonly failure?: string;
  readonly wallMs: number;
  /** Absent when the story broke off. */
  readonly outcome?: RollingOutcome;
}

/**
 * Plays the story of a rolling deployment on a rehearsal of the synthesized stacks.
 * @throws Error when the stacks cannot be synthesized or provisioned; a story that goes otherwise is a result, not an error
 */
export async function runRolling({ speed, narrator }: { speed: number; narrator: Narrator }): Promise<RollingResult> {
  const wallStart = Date.now();
  const next = await mkdtemp(join(tmpdir(), 'slipway-next-version-'));
  const assemblies = await Assemblies.create();
  let rehearsal: Rehearsal | undefined;
  try {
    narrator.progress('synthesizing the CDK app');
    await copyAs(NEXT_VERSION, next);
    const first = await assemblies.withRevision('web-app');
    const assembly = assemblies.withRevision(relative(SAMPLES, next));
    void assembly.catch(() => undefined); // reported to the story, which awaits it later
    rehearsal = await startRehearsal({ assembly: first, speed });
    narrator.seen(`The stacks are provisioned on ${rehearsal.endpoint} (${formatDuration(Date.now() - wallStart)})`);
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const hideProgress = showProgress(rehearsal, narrator);
    const story = rolling({ rehearsal, fleet, narrator, assembly, version: NEXT_VERSION })
      .then(conclude, (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }))
      .finally(hideProgress);
    return { ...(await untilInterrupted(story)), wallMs: Date.now() - wallStart };
  } finally {
    await rehearsal?.stop();
    await assemblies.remove();
    await rm(next, { recursive: true, force: true });
    narrator.end();
  }
}

/** The sample application once more, which says that it is of this version. */
async function copyAs(version: string, directory: string): Promise<void> {
  await cp(join(SAMPLES, 'web-app'), directory, { recursive: true });
  await writeFile(join(directory, 'VERSION'), `${version}\n`);
}

function conclude(outcome: RollingOutcome): Omit<RollingResult, 'wallMs'> {
  const { requests, failures } = outcome;
  if (failures.length === 0) return { outcome };
  return {
    failure: `${failures.length} of ${requests} requests failed: ${[...new Set(failures)].join(', ')}`,
    outcome,
  };
}
