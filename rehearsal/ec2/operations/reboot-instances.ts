import { z } from 'zod';
import { texts } from '../input.ts';
import { select } from '../instance-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({ InstanceId: texts });

/** Restarts machines, which count as running meanwhile. */
export const rebootInstances = operation(rules, ({ InstanceId }, { instances }) => {
  for (const { instanceId } of select(instances, InstanceId)) void instances.reboot(instanceId);
});
