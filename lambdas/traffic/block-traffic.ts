import { judgeBlock, toDeregister } from '../../core/traffic/judge.ts';
import { BLOCK_LIMIT_SECONDS, pauseWhileDraining } from '../../core/traffic/pace.ts';
import type { Move } from './move-traffic.ts';
import { unlessRefused } from './unless-refused.ts';

/** Takes a host out of its target groups, and waits until none of them has it any more. */
export const blockTraffic: Move = {
  limitSeconds: BLOCK_LIMIT_SECONDS,

  advance: ({ instanceId, traffic }, { targetGroups }) =>
    unlessRefused(async () => {
      const registrations = traffic?.registrations ?? [];
      const due = toDeregister(await targetGroups.look(instanceId, registrations));
      if (due.length > 0) await targetGroups.deregister(instanceId, due);
      return judgeBlock(await targetGroups.look(instanceId, registrations));
    }),

  pauseSeconds: ({ traffic }, elapsedSeconds) => pauseWhileDraining(elapsedSeconds, traffic?.drainSeconds ?? 0),
};
