import type { Chapter } from '../chapter.ts';
import { hostsInService } from '../deployments.ts';

/** Long enough for a lifecycle action to need a heartbeat. */
const EVENT_MS = 200_000;

export const launches: Chapter = {
  name: 'launches',
  title: 'An instance launches, and takes its time',
  prepare(mood) {
    mood.eventMs = () => EVENT_MS;
  },
  async tell(ground) {
    const hosts = await hostsInService(ground);
    ground.mood.eventMs = () => 0;
    ground.narrator.seen(`${hosts.join(' and ')} in service`);
  },
};
