import { styleText } from 'node:util';
import { renderBill } from './bill/render.ts';
import { Fleet } from './fleet.ts';
import { inPlace } from './in-place.ts';
import { launchAndTermination } from './launch-and-termination.ts';
import type { Story, StoryResult } from './story.ts';
import { renderTimelines } from './timeline/render.ts';
import { InServiceWitness } from './witness.ts';

const REVISIONS_TO_COME = ['slow-start', 'broken-start', 'broken-stop'];

/** `npm start`: the life of a small fleet. */
export const launchesAndTerminations: Story<void> = {
  name: 'fleet',
  summary: 'one fleet, launches and terminations, well and badly (the story when none is named)',
  settings: { rollout: 'none' }, // only instances that are launched get another revision
  bearsAwsAgent: true,
  async tell(stage) {
    const { rehearsal, assemblies } = stage;
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const witness = new InServiceWitness(rehearsal, fleet);
    for (const sample of REVISIONS_TO_COME) void assemblies.withRevision(sample).catch(() => undefined);
    try {
      await launchAndTermination({ ...stage, fleet, witness });
      if (stage.hasAwsAgent) await inPlace({ ...stage, fleet, witness });
    } finally {
      witness.leave();
    }
  },
  report: ({ timelines, startedAt, bill }: StoryResult<void>) =>
    [
      `${styleText('bold', 'Timeline')} (minutes and seconds of rehearsed time)`,
      renderTimelines(timelines, startedAt),
      `\n${styleText('bold', 'Bill')} (what this story would have cost on AWS, us-east-1 list prices)`,
      renderBill(bill),
    ].join('\n'),
};
