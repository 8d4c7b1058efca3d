import { judgeActions } from './actions.ts';
import { judgeDepartures } from './departures.ts';
import { judgeDeployments } from './deployments.ts';
import type { Ended } from './ended.ts';
import { judgeGroup } from './group.ts';
import { judgeHosts } from './hosts.ts';
import { judgeQueues } from './queues.ts';
import { judgeTraffic } from './traffic.ts';

/** Everything that is not as it should be at the end of a life. */
export function judge(ended: Ended): readonly string[] {
  const onTheWay = ended.world.watches.flatMap(({ complaints }) => complaints);
  return [judgeGroup, judgeActions, judgeDeployments, judgeDepartures, judgeHosts, judgeTraffic, judgeQueues]
    .flatMap((rule) => rule(ended))
    .concat(onTheWay);
}
