import { judgeAllow, toRegister } from '../../core/traffic/judge.ts';
import { ALLOW_LIMIT_SECONDS, pauseWhileChecking } from '../../core/traffic/pace.ts';
import type { Move } from './move-traffic.ts';
import { unlessRefused } from './unless-refused.ts';

/** Gives a host back to its target groups, and waits until all of them find it healthy. */
export const allowTraffic: Move = {
  limitSeconds: ALLOW_LIMIT_SECONDS,

  advance: ({ instanceId, traffic }, { targetGroups }) =>
    unlessRefused(async () => {
      const registrations = traffic?.registrations ?? [];
      const seen = await targetGroups.look(instanceId, registrations);
      const due = toRegister(seen);
      if (due.length === 0) return judgeAllow(seen);
      await targetGroups.register(instanceId, due);
      return judgeAllow(await targetGroups.look(instanceId, registrations));
    }),

  pauseSeconds: ({ traffic }, elapsedSeconds) => pauseWhileChecking(elapsedSeconds, traffic?.checkSeconds ?? 0),
};
