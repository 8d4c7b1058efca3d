import type { AutoScalingAccount } from '../../rehearsal/auto-scaling/auto-scaling-account.ts';
import { ActivityLog } from '../../rehearsal/auto-scaling/group/activity-log.ts';
import { Groups } from '../../rehearsal/auto-scaling/group/groups.ts';
import type { Notifier } from '../../rehearsal/auto-scaling/notifications/notifier.ts';
import { operations } from '../../rehearsal/auto-scaling/operations/operations.ts';
import type { Timers } from '../../rehearsal/ec2/timers.ts';
import type { MachinePort } from '../../rehearsal/ec2/machine-port.ts';
import type { AwsRequest } from '../../rehearsal/endpoint/service.ts';
import type { TrafficPort } from '../../rehearsal/load-balancing/traffic-port.ts';
import type { Ground } from '../../rehearsal/part.ts';
import type { InProcess } from '../engine/clients.ts';

/** The rehearsal's Auto Scaling behind its operations. */
export interface AutoScaling {
  readonly operations: InProcess;
  readonly account: AutoScalingAccount;
}

interface Around {
  readonly ground: Ground;
  readonly timers: Timers;
  readonly machines: MachinePort;
  readonly traffic: TrafficPort;
  /** Takes the messages of lifecycle hooks. */
  send(body: string): void;
}

const REACTION_MS = 1000;

export function autoScalingOf({ ground, timers, machines, traffic, send }: Around): AutoScaling {
  const notifier: Notifier = {
    send: (_, { body }) => {
      send(body);
      return Promise.resolve();
    },
    close: () => undefined,
  };
  const around = { ground, timers, machines, traffic, notifier, reactionMs: REACTION_MS };
  const activities = new ActivityLog(() => timers.now());
  const account: AutoScalingAccount = { groups: new Groups(activities, around), activities, around };
  const unsigned = {} as AwsRequest; // no operation looks at who asks
  return {
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, make]) => [name, (input) => make(account)(input, unsigned)]),
    ),
    account,
  };
}
