import { z } from 'zod';
import { texts } from '../input.ts';
import { select, stateOf } from '../instance-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({ InstanceId: texts });

/** Ends machines behind the back of their group, if they have one: no hook is asked first. */
export const terminateInstances = operation(rules, ({ InstanceId }, { instances }) => ({
  instancesSet: select(instances, InstanceId).map((instance) => {
    const previousState = stateOf(instance);
    void instances.terminate(instance.instanceId);
    return { instanceId: instance.instanceId, currentState: stateOf(instance), previousState };
  }),
}));
