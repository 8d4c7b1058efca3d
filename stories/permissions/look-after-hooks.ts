import { expectThat } from '../deviation.ts';
import type { Fleet } from '../fleet.ts';
import { HookBreaker } from '../hook-breaker.ts';
import { slipway } from '../slipway.ts';
import type { Stage } from '../stage.ts';
import type { Operator } from './operator.ts';

/** Hooks are looked at by the daily examination, deleted, looked at again and mended; and a host is explained. */
export async function lookAfterHooks(
  fleet: Fleet,
  operator: Operator,
  { rehearsal, narrator }: Pick<Stage, 'rehearsal' | 'narrator'>,
): Promise<void> {
  const breaker = new HookBreaker(rehearsal, fleet.autoScalingGroupName);
  const [doctor = ''] = await operator.resources('AWS::Lambda::Function', /DoctorFunction/);
  const [host = ''] = await fleet.inService();

  await operator.invoke(doctor);
  for (const { LifecycleHookName: name = '' } of await breaker.hooks()) await breaker.delete(name);
  await operator.invoke(doctor); // whose the hooks were is told by the last launch
  const { output } = await slipway(rehearsal, 'doctor', '--fix', '--auto-scaling-group', fleet.autoScalingGroupName);
  const there = await breaker.hooks();
  expectThat(there.length === 2, 'slipway doctor --fix puts two hooks back', `${there.length} are there: ${output}`);
  const explained = await slipway(rehearsal, 'explain', host);
  expectThat(explained.code === 0, `the story of ${host} is told`, explained.output);
  narrator.seen(`Both hooks are back, and the story of ${host} was told`);
}
