import { z } from 'zod';
import { filters, passes } from '../filters.ts';
import { flag, texts } from '../input.ts';
import { instanceFilterView, select, stateOf } from '../instance-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({ InstanceId: texts.default([]), Filter: filters, IncludeAllInstances: flag.default(false) });

/** Status checks: a running machine passes them. Others are shown only when all are asked for. */
export const describeInstanceStatus = operation(rules, (input, { instances }) => {
  const shown = select(instances, input.InstanceId)
    .filter(({ state }) => input.IncludeAllInstances || state === 'running')
    .filter((instance) => passes(input.Filter, instanceFilterView(instance)));
  return {
    instanceStatusSet: shown.map((instance) => {
      const status = { status: instance.state === 'running' ? 'ok' : 'not-applicable' };
      return {
        instanceId: instance.instanceId,
        availabilityZone: instance.availabilityZone,
        instanceState: stateOf(instance),
        systemStatus: status,
        instanceStatus: status,
      };
    }),
  };
});
