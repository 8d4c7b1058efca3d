import type { Chapter } from '../chapter.ts';
import { hostsInService } from '../deployments.ts';

export const nextRevision: Chapter = {
  name: 'next-revision',
  title: 'The stack brings another revision, to hosts that stand by',
  async tell(ground) {
    const { fleet, operator, rehearsal, nextAssembly, narrator } = ground;
    await hostsInService(ground);
    await operator.askForStandby(fleet.autoScalingGroupName);
    await operator.setMinimum(fleet.autoScalingGroupName, await operator.desiredCapacity(fleet.autoScalingGroupName));
    await rehearsal.deploy(await nextAssembly());
    await operator.setMinimum(fleet.autoScalingGroupName, 0);
    narrator.seen('The stack was updated when its hosts had the revision');
  },
};
