import type { HookOrder } from '../../adapters/auto-scaling/lifecycle-hooks.ts';
import type { Mend } from '../../core/doctor/finding.ts';
import { DIRECTIONS } from '../../core/doctor/our-hooks.ts';
import { encodeHookMetadata } from '../../core/names.ts';
import { join, leave, project } from '../deployment-groups/shared-hooks.ts';
import type { Ports } from '../operation.ts';

export type MendingPorts = Pick<Ports, 'lifecycleHooks' | 'hookSharers' | 'groupSurvey'>;

/** Puts hooks of ours right. Repeating it is harmless. @returns why it could not be done; undefined where it was */
export async function mend(how: Mend, ports: MendingPorts): Promise<string | undefined> {
  switch (how.kind) {
    case 'share':
      return share(how, ports);
    case 'put':
      return reasonOf(await ports.lifecycleHooks.install(orderOf(how)));
    case 'remove':
      await ports.groupSurvey.removeHook(how.autoScalingGroupName, how.lifecycleHookName);
      return undefined;
  }
}

async function share(
  { autoScalingGroupName, sharers, unwanted }: Extract<Mend, { kind: 'share' }>,
  ports: MendingPorts,
): Promise<string | undefined> {
  for (const { directions, ...group } of unwanted) await leave(autoScalingGroupName, group, directions, ports);
  if (sharers.length === 0) return undefined;
  for (const { directions, ...group } of sharers) await join(autoScalingGroupName, group, directions, ports);
  for (const direction of DIRECTIONS) {
    const write = ports.lifecycleHooks.install.bind(ports.lifecycleHooks);
    const reason = reasonOf(await project(autoScalingGroupName, direction, write, ports));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function orderOf(order: Extract<Mend, { kind: 'put' }>): HookOrder {
  const { autoScalingGroupName, direction, heartbeatTimeoutSeconds, deploymentGroups } = order;
  const notificationMetadata = encodeHookMetadata({ deploymentGroups, heartbeatTimeoutSeconds });
  return { autoScalingGroupName, direction, heartbeatTimeoutSeconds, notificationMetadata };
}

type Outcome = 'installed' | 'removed' | 'gone' | 'full' | 'left';

const REASONS: Readonly<Partial<Record<Outcome, string>>> = {
  gone: 'the Auto Scaling group is no more',
  full: 'the Auto Scaling group has as many lifecycle hooks as it may have: delete one first',
  left: 'Auto Scaling refused',
};

function reasonOf(outcome: Outcome): string | undefined {
  return REASONS[outcome];
}
