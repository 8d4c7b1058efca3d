import type { Ended } from './ended.ts';

/** Nothing is among the dead letters but what nobody could read. */
export function judgeQueues({ world, course }: Ended): readonly string[] {
  const buried = world.queue.deadLetters.filter((body) => !course.poison.includes(body));
  return [
    ...buried.map((body) => `a good message is among the dead letters: ${body}`),
    ...world.bus.unsettled.map(({ detail }) => `an event could not be settled: ${String(detail['executionArn'])}`),
  ];
}
