import { type Rehearsal, startRehearsal } from '../rehearsal/index.ts';
import { Assemblies } from './assemblies.ts';
import { type Bill, billFor } from './bill/bill.ts';
import { type DeploymentExecution, Executions } from './executions.ts';
import { Fleet } from './fleet.ts';
import { inPlace } from './in-place.ts';
import { launchAndTermination } from './launch-and-termination.ts';
import { untilInterrupted } from './interruption.ts';
import type { Narrator } from './narrator.ts';
import { showProgress } from './progress.ts';
import { collectTimelines, type InstanceTimeline } from './timeline/collect.ts';
import { formatDuration } from './timeline/format.ts';
import { InServiceWitness } from './witness.ts';

/** A story's end: what happened, what it would have cost, and why it went otherwise if it did. */
export interface StoryResult {
  /** The reason, when something went otherwise than the story says. */
  readonly failure?: string;
  /** Rehearsed time, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly wallMs: number;
  readonly timelines: readonly InstanceTimeline[];
  readonly executions: readonly DeploymentExecution[];
  readonly bill: Bill;
  /** What the rehearsal thought a person should know. */
  readonly warnings: readonly string[];
}

const REVISIONS_TO_COME = ['slow-start', 'broken-start', 'broken-stop'];

/**
 * Plays the story of a small fleet on a rehearsal of the synthesized stacks.
 * @param options.awsAgent a checkout of AWS's agent, which instances then run in place of ours
 * @throws Error when the stacks cannot be synthesized or provisioned; a story that goes otherwise is a result, not an error
 */
export async function runStory(options: {
  speed: number;
  narrator: Narrator;
  awsAgent?: string;
}): Promise<StoryResult> {
  const { narrator, ...cloud } = options;
  const wallStart = Date.now();
  const assemblies = await Assemblies.create(cloud.awsAgent === undefined ? {} : { hostAgent: 'aws' });
  let rehearsal: Rehearsal | undefined;
  try {
    narrator.progress('synthesizing the CDK app');
    const assembly = await assemblies.withRevision('web-app');
    narrator.seen(`The CDK app was synthesized in ${formatDuration(Date.now() - wallStart)}`);
    const provisioningStart = Date.now();
    rehearsal = await startRehearsal({ assembly, ...cloud });
    narrator.seen(
      `Both stacks are provisioned on ${rehearsal.endpoint} (${formatDuration(Date.now() - provisioningStart)}); no AWS account was involved`,
    );
    narrator.detail(rehearsal.disks);
    if (cloud.awsAgent !== undefined) narrator.detail(`Instances run AWS’s own agent, from ${cloud.awsAgent}.`);
    return await untilInterrupted(tell(rehearsal, assemblies, narrator, wallStart, cloud.awsAgent !== undefined));
  } finally {
    await rehearsal?.stop();
    await assemblies.remove();
    narrator.end();
  }
}

async function tell(
  rehearsal: Rehearsal,
  assemblies: Assemblies,
  narrator: Narrator,
  wallStart: number,
  withInPlace: boolean,
): Promise<StoryResult> {
  const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
  const executions = new Executions(rehearsal);
  const witness = new InServiceWitness(rehearsal, fleet);
  const hideProgress = showProgress(rehearsal, narrator);
  for (const sample of REVISIONS_TO_COME) void assemblies.withRevision(sample).catch(() => undefined);

  let failure: string | undefined;
  try {
    const stage = { rehearsal, fleet, executions, witness, assemblies, narrator };
    await launchAndTermination(stage);
    if (withInPlace) await inPlace(stage);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    hideProgress();
    witness.leave();
  }
  const all = await executions.all();
  const entries = rehearsal.journal.entries;
  return {
    ...(failure !== undefined && { failure }),
    startedAt: entries.find(({ kind }) => kind === 'instance')?.at ?? rehearsal.clock.now(),
    endedAt: rehearsal.clock.now(),
    wallMs: Date.now() - wallStart,
    timelines: collectTimelines(entries, all),
    executions: all,
    bill: billFor(entries, all.length),
    warnings: entries.flatMap((entry) => (entry.kind === 'warning' ? [entry.message] : [])),
  };
}
