import { HookBreaker } from '../../hook-breaker.ts';
import { slipway } from '../../slipway.ts';
import type { Chapter } from '../chapter.ts';
import type { Template } from '../grants.ts';

/** As long as a day is in this chapter: the examination, and the period of its alarm. */
const DAY_MINUTES = 5;

/** Templates in which a day is over soon. */
function inAHurry(template: Template): Template {
  const text = JSON.stringify(template)
    .replaceAll('"rate(1 day)"', `"rate(${DAY_MINUTES} minutes)"`)
    .replaceAll('"Period":86400', `"Period":${DAY_MINUTES * 60}`);
  return JSON.parse(text) as Template;
}

export const dailyExamination: Chapter = {
  name: 'daily-examination',
  title: 'Hooks are examined day after day, and an alarm rings as long as one is not as it should be',
  desiredCapacity: 0,
  adjust: inAHurry,
  async tell({ rehearsal, fleet, operator, narrator }) {
    const { autoScalingGroupName } = fleet;
    const breaker = new HookBreaker(rehearsal, autoScalingGroupName);
    const rings = () => operator.isRinging(/DoctorFindings/);
    await breaker.put({ LifecycleHookName: 'slipway-launch', DefaultResult: 'CONTINUE' });
    await fleet.until('an alarm for a hook that was changed', rings);
    await slipway(rehearsal, 'doctor', '--fix', '--auto-scaling-group', autoScalingGroupName);
    await fleet.until('the end of the alarm', async () => !(await rings()));
    narrator.seen('The alarm rang the day after a hook was changed, and not any more the day after it was mended');
  },
};
