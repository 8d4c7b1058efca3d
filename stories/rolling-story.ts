import { expectThat } from './deviation.ts';
import { Fleet } from './fleet.ts';
import { renderRolling } from './render-rolling.ts';
import { rolling, type RollingOutcome } from './rolling.ts';
import type { Story } from './story.ts';

const NEXT_VERSION = '2.0.0';

/** `npm start -- rolling`: a deployment under load. */
export const rollingStory: Story<RollingOutcome> = {
  name: 'rolling',
  summary: 'six hosts behind a load balancer get another revision while a client never stops asking',
  settings: { rollout: 'none' }, // the deployment is one that a client of the API asks for
  async tell({ rehearsal, assemblies, narrator }) {
    const assembly = assemblies.withVersion('web-app', NEXT_VERSION);
    void assembly.catch(() => undefined); // reported to the story, which awaits it later
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const outcome = await rolling({ rehearsal, fleet, narrator, assembly, version: NEXT_VERSION });
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
