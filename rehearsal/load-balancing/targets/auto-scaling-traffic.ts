import type { TrafficPort } from '../traffic-port.ts';
import { targetKey } from './target-group.ts';
import type { TargetGroups } from './target-groups.ts';

/** Target groups as Auto Scaling uses them: instances by their id, with each group's own port. */
export function createTrafficPort(targetGroups: TargetGroups): TrafficPort {
  return {
    requireTargetGroups: (arns) => {
      for (const arn of arns) targetGroups.get(arn);
    },
    register: async (arns, instanceId) => {
      // A target group may have been deleted since: the launch goes on without it.
      for (const arn of arns) {
        const group = targetGroups.find(arn);
        if (group) await Promise.resolve(targetGroups.register(group, instanceId));
      }
    },
    drain: async (arns, instanceId) => {
      const drains = arns.flatMap((arn) => {
        const group = targetGroups.find(arn);
        return group ? [targetGroups.deregister(group, instanceId)] : [];
      });
      await Promise.all(drains);
    },
    stateOf: (arn, instanceId) => {
      const group = targetGroups.find(arn);
      return group?.targets.get(targetKey({ id: instanceId, port: group.settings.Port }))?.health.state;
    },
    onHealthChange: (listener) => {
      targetGroups.onHealthChange(listener);
    },
  };
}
