import type { MachinePort } from '../ec2/machine-port.ts';
import type { Timers } from '../ec2/timers.ts';
import type { TrafficPort } from '../load-balancing/traffic-port.ts';
import type { Ground } from '../part.ts';
import type { Notifier } from './notifications/notifier.ts';

/** What Auto Scaling needs around it. */
export interface Surroundings {
  readonly ground: Ground;
  readonly timers: Timers;
  readonly machines: MachinePort;
  readonly traffic: TrafficPort;
  readonly notifier: Notifier;
  /** Rehearsed milliseconds until a group reacts to a change of its capacity. */
  readonly reactionMs: number;
}
