import { judgeAllow, type Progress, toRegister } from '../../core/traffic/judge.ts';
import { ALLOW_LIMIT_SECONDS, pauseWhileChecking } from '../../core/traffic/pace.ts';
import type { Target } from '../../core/target.ts';
import { exitStandby } from './exit-standby.ts';
import type { Move } from './move-traffic.ts';
import type { Ports } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * Gives a host back to its target groups, and waits until all of them find it healthy. One that stands by comes back
 * first, and is then registered with what Auto Scaling has not registered it with: other target groups, other ports, or
 * any at all while the process AddToLoadBalancer is suspended.
 */
export const allowTraffic: Move = {
  limitSeconds: ALLOW_LIMIT_SECONDS,

  advance: (target, ports) =>
    unlessRefused(async () => {
      const { standbyIn } = target.traffic ?? {};
      const back: Progress = standbyIn === undefined ? DONE : await exitStandby(standbyIn, target, ports);
      return back.kind === 'done' ? register(target, ports) : back;
    }),

  pauseSeconds: ({ traffic }, elapsedSeconds) => pauseWhileChecking(elapsedSeconds, traffic?.checkSeconds ?? 0),
};

const DONE: Progress = { kind: 'done' };

async function register({ instanceId, traffic }: Target, { targetGroups }: Ports): Promise<Progress> {
  const registrations = traffic?.registrations ?? [];
  const seen = await targetGroups.look(instanceId, registrations);
  const due = toRegister(seen);
  if (due.length === 0) return judgeAllow(seen);
  await targetGroups.register(instanceId, due);
  return judgeAllow(await targetGroups.look(instanceId, registrations));
}
