import { Fleet } from './fleet.ts';
import type { Story } from './story.ts';
import { warmPool } from './warm-pool.ts';

/** `npm start -- warm-pool`: instances that wait, prepared and switched off. */
export const warmPoolStory: Story<void> = {
  name: 'warm-pool',
  summary: 'an instance is prepared in a warm pool, called into service, taken back, and called again',
  settings: { desiredCapacity: '1', warmInstances: '1' },
  async tell(stage) {
    const { rehearsal } = stage;
    await warmPool({ ...stage, fleet: new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet')) });
  },
};
