import { z } from 'zod';
import { texts } from '../input.ts';
import { select, stateOf } from '../instance-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({ InstanceId: texts });

/** Switches machines off; a group that one serves in takes it for unhealthy, as on EC2. @throws AwsError IncorrectInstanceState */
export const stopInstances = operation(rules, ({ InstanceId }, { instances }) => ({
  instancesSet: select(instances, InstanceId).map((instance) => {
    const previousState = stateOf(instance);
    void instances.stop(instance.instanceId);
    return { instanceId: instance.instanceId, currentState: stateOf(instance), previousState };
  }),
}));
