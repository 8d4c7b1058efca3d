import { type Rehearsal, startRehearsal } from '../rehearsal/index.ts';
import { Assemblies } from './assemblies.ts';
import { billFor } from './bill/bill.ts';
import { Executions } from './executions.ts';
import { untilInterrupted } from './interruption.ts';
import type { Narrator } from './narrator.ts';
import { expectNoRefusal } from './permissions/expect-no-refusal.ts';
import { showProgress } from './progress.ts';
import type { Stage } from './stage.ts';
import type { Story, StoryResult } from './story.ts';
import { collectTimelines } from './timeline/collect.ts';
import { formatDuration } from './timeline/format.ts';

export interface TellingOptions {
  readonly speed: number;
  readonly narrator: Narrator;
  /** Whether AWS's quotas hold. */
  readonly throttles: 'aws' | 'none';
  /** A checkout of AWS's agent, which instances then run in place of ours. */
  readonly awsAgent?: string;
}

/**
 * Plays a story on a rehearsal of its synthesized stacks.
 * @throws Error when the stacks cannot be synthesized or provisioned; a story that goes otherwise is a result, not an error
 */
export async function tellStory<Outcome>(
  story: Story<Outcome>,
  { narrator, speed, throttles, awsAgent }: TellingOptions,
): Promise<StoryResult<Outcome>> {
  const wallStart = Date.now();
  const assemblies = await Assemblies.create(
    { ...story.settings, ...(awsAgent !== undefined && { hostAgent: 'aws' }) },
    story.app,
  );
  let rehearsal: Rehearsal | undefined;
  try {
    narrator.progress('synthesizing the CDK app');
    const assembly = await assemblies.withRevision(story.revision ?? 'web-app');
    narrator.seen(`The CDK app was synthesized in ${formatDuration(Date.now() - wallStart)}`);
    const provisioningStart = Date.now();
    rehearsal = await startRehearsal({ assembly, speed, throttles, ...(awsAgent !== undefined && { awsAgent }) });
    const took = formatDuration(Date.now() - provisioningStart);
    narrator.seen(`The stacks are provisioned on ${rehearsal.endpoint} (${took}); no AWS account was involved`);
    narrator.detail(rehearsal.disks);
    if (awsAgent !== undefined) narrator.detail(`Instances run AWS’s own agent, from ${awsAgent}.`);
    const hasAwsAgent = awsAgent !== undefined;
    const stage = { rehearsal, assemblies, narrator, hasAwsAgent, executions: new Executions(rehearsal) };
    return { ...(await untilInterrupted(play(story, stage))), wallMs: Date.now() - wallStart };
  } finally {
    await rehearsal?.stop();
    await assemblies.remove();
    narrator.end();
  }
}

async function play<Outcome>(story: Story<Outcome>, stage: Stage): Promise<Omit<StoryResult<Outcome>, 'wallMs'>> {
  const { rehearsal, narrator } = stage;
  const hideProgress = showProgress(rehearsal, narrator);
  const ending = await tellWithLeave(story, stage)
    .then(
      (outcome) => ({ outcome }),
      (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
    )
    .finally(hideProgress);
  const executions = await stage.executions.all();
  const { entries } = rehearsal.journal;
  return {
    ...ending,
    startedAt: entries.find(({ kind }) => kind === 'instance')?.at ?? rehearsal.clock.now(),
    endedAt: rehearsal.clock.now(),
    timelines: collectTimelines(entries, executions),
    executions,
    bill: billFor(entries, executions.length),
    permissions: rehearsal.permissions.usage(),
    warnings: entries.flatMap((entry) => (entry.kind === 'warning' ? [entry.message] : [])),
  };
}

/** A refusal tells more than what went wrong after it. */
async function tellWithLeave<Outcome>(story: Story<Outcome>, stage: Stage): Promise<Outcome> {
  try {
    return await story.tell(stage);
  } finally {
    expectNoRefusal(stage.rehearsal);
  }
}
