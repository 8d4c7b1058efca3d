import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import type { TargetGroup } from '../targets/target-group.ts';
import { targetKey } from '../targets/target-group.ts';
import type { TargetHealth } from '../targets/target-health.ts';
import { NOT_REGISTERED } from '../targets/target-health.ts';
import { targetInput } from '../targets/target-input.ts';

const rules = z.object({ TargetGroupArn: z.string(), Targets: listOf(targetInput).default([]) });

/** Health of all targets, or of those named; a named one that is not registered is `unused`. @throws AwsError TargetGroupNotFound */
export const describeTargetHealth = operation(rules, ({ TargetGroupArn, Targets }, { targetGroups }) => {
  const group = targetGroups.get(TargetGroupArn);
  const wanted =
    Targets.length === 0
      ? [...group.targets.values()]
      : Targets.map(({ Id, Port = group.settings.Port }) => registered(group, Id, Port));
  return { TargetHealthDescriptions: wanted.map((target) => view(group, target)) };
});

interface SeenTarget {
  readonly id: string;
  readonly port: number;
  readonly health: TargetHealth;
}

const registered = (group: TargetGroup, id: string, port: number): SeenTarget =>
  group.targets.get(targetKey({ id, port })) ?? { id, port, health: NOT_REGISTERED };

const view = ({ settings }: TargetGroup, { id, port, health }: SeenTarget) => ({
  Target: { Id: id, Port: port },
  HealthCheckPort: settings.HealthCheckPort === 'traffic-port' ? String(port) : settings.HealthCheckPort,
  TargetHealth: { State: health.state, Reason: health.reason, Description: health.description },
});
