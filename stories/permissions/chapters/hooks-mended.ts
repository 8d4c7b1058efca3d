import { expectThat } from '../../deviation.ts';
import { HookBreaker } from '../../hook-breaker.ts';
import { slipway } from '../../slipway.ts';
import type { Chapter } from '../chapter.ts';
import { hostsInService } from '../deployments.ts';

export const hooksMended: Chapter = {
  name: 'hooks-mended',
  title: 'Hooks are deleted, found missing and mended, and a host is explained',
  async tell(ground) {
    const { fleet, operator, rehearsal, narrator } = ground;
    const breaker = new HookBreaker(rehearsal, fleet.autoScalingGroupName);
    const [doctor = ''] = await operator.resources('AWS::Lambda::Function', /DoctorFunction/);
    await operator.invoke(doctor);

    const [host = ''] = await hostsInService(ground);
    for (const { LifecycleHookName: name = '' } of await breaker.hooks()) await breaker.delete(name);
    await operator.invoke(doctor); // whose the hooks were is told by the last launch
    const { output } = await slipway(rehearsal, 'doctor', '--fix', '--auto-scaling-group', fleet.autoScalingGroupName);
    const there = await breaker.hooks();
    expectThat(there.length === 2, 'slipway doctor --fix puts two hooks back', `${there.length} are there: ${output}`);
    const explained = await slipway(rehearsal, 'explain', host);
    expectThat(explained.code === 0, `the story of ${host} is told`, explained.output);
    narrator.seen(`Both hooks are back, and the story of ${host} was told`);
  },
};
