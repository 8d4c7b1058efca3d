import { Fleet } from './fleet.ts';
import { severalGroups } from './several-groups.ts';
import type { Story } from './story.ts';

/** `npm start -- several-groups`: two deployment groups on one Auto Scaling group. */
export const severalGroupsStory: Story<void> = {
  name: 'several-groups',
  summary: 'two deployment groups on one Auto Scaling group: in their order, with one verdict',
  // Only instances that are launched get another revision.
  settings: { monitor: 'samples/monitor', rollout: 'none' },
  async tell(stage) {
    const { rehearsal } = stage;
    await severalGroups({ ...stage, fleet: new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet')) });
  },
};
