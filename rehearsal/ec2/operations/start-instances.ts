import { z } from 'zod';
import { texts } from '../input.ts';
import { select, stateOf } from '../instance-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({ InstanceId: texts });

/** Switches stopped machines on again, with the disks and addresses that they had. @throws AwsError IncorrectInstanceState */
export const startInstances = operation(rules, ({ InstanceId }, { instances }) => ({
  instancesSet: select(instances, InstanceId).map((instance) => {
    const previousState = stateOf(instance);
    void instances.start(instance.instanceId);
    return { instanceId: instance.instanceId, currentState: stateOf(instance), previousState };
  }),
}));
