import { judgeBlock, type Progress, together, toDeregister } from '../../core/traffic/judge.ts';
import { BLOCK_LIMIT_SECONDS, pauseWhileDraining } from '../../core/traffic/pace.ts';
import type { Target } from '../../core/target.ts';
import { enterStandby } from './enter-standby.ts';
import type { Move } from './move-traffic.ts';
import type { Ports } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * Takes a host out of its target groups, and waits until none of them has it any more. One that stands by meanwhile
 * leaves those of its Auto Scaling group by that alone; it keeps all until Auto Scaling lets it go.
 */
export const blockTraffic: Move = {
  limitSeconds: BLOCK_LIMIT_SECONDS,

  advance: (target, ports) =>
    unlessRefused(async () => {
      const { standbyIn } = target.traffic ?? {};
      if (standbyIn === undefined) return deregister(target, ports);
      const standby = await enterStandby(standbyIn, target, ports);
      const isStaying = standby.kind === 'failed' || (standby.kind === 'underWay' && standby.isHeldUp);
      return isStaying ? standby : together(standby, await deregister(target, ports));
    }),

  pauseSeconds: ({ traffic }, elapsedSeconds) => pauseWhileDraining(elapsedSeconds, traffic?.drainSeconds ?? 0),
};

async function deregister({ instanceId, traffic }: Target, { targetGroups }: Ports): Promise<Progress> {
  const registrations = traffic?.registrations ?? [];
  const due = toDeregister(await targetGroups.look(instanceId, registrations));
  if (due.length > 0) await targetGroups.deregister(instanceId, due);
  return judgeBlock(await targetGroups.look(instanceId, registrations));
}
