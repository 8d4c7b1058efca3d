import { expectThat } from './deviation.ts';
import { Fleet } from './fleet.ts';
import { renderRolling } from './render-rolling.ts';
import { rolling, type RollingOutcome } from './rolling.ts';
import type { Story } from './story.ts';

const NEXT_VERSION = '2.0.0';

/** `npm start -- rolling`: a deployment under load. */
export const rollingStory: Story<RollingOutcome> = {
  name: 'rolling',
  summary: 'six hosts behind a load balancer get another revision, and one that fails, under steady load',
  speed: 30, // six hosts that boot at once keep a small machine busy
  settings: { deploymentConfig: 'CodeDeployDefault.HalfAtATime' },
  async tell({ rehearsal, assemblies, narrator }) {
    const assembly = assemblies.withVersion('web-app', NEXT_VERSION);
    const broken = assemblies.withRevision('broken-start');
    for (const each of [assembly, broken]) void each.catch(() => undefined); // reported to the story, which awaits it later
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const outcome = await rolling({ rehearsal, fleet, narrator, assembly, version: NEXT_VERSION, broken });
    const { failures } = outcome;
    expectThat(
      failures.length === 0,
      'no request fails',
      `${failures.length} did: ${[...new Set(failures)].join(', ')}`,
    );
    return outcome;
  },
  report: ({ outcome }) => (outcome ? renderRolling(outcome) : ''),
};
