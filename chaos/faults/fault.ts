import type { EdgeKind } from '../life/edges.ts';

/** What may befall a call of a function to a service. */
export type CallFault =
  /** Refused for now. */
  | 'call throttled'
  | 'call failed with a 500'
  /** It took effect, and nobody knows. */
  | 'answer lost'
  /** Its answer was lost, and the client sent it again by itself. */
  | 'call sent twice'
  /** The function ends before the call. */
  | 'killed before a call'
  /** The function ends after the call, which took effect. */
  | 'killed after a call';

/** What may befall the invocation of a function as a whole. */
export type InvocationFault =
  | 'invocation throttled'
  /** It ran to its end, and whoever invoked it was told that it failed. */
  | 'result lost'
  /** It is invoked a second time while the first still runs. */
  | 'invoked twice';

/** What may befall a call that a state machine makes itself: to the table, or for another execution. */
export type TaskFault = 'task throttled' | 'task failed with a 500' | 'answer to a task lost' | 'task sent twice';

export type MessageFault = 'message late' | 'message twice' | 'message lost';

export type EventFault = 'event late' | 'event twice';

export type AgentFault =
  | 'script fails'
  | 'agent crashes'
  | 'agent hangs'
  | 'host reboots'
  | 'agent answers twice'
  | 'agent never starts'
  | 'health checks fail';

/** What people and Auto Scaling do meanwhile. */
export type Happening =
  | 'scale-out'
  | 'scale-in'
  | 'zone rebalanced'
  | 'instance vanishes'
  | 'instance declared unhealthy'
  | 'instance terminated by its group'
  | 'launches suspended for a while'
  | 'execution stopped by a person'
  | 'alarm rings'
  | 'poison in the queue'
  | 'hook deleted'
  | 'hook edited'
  | 'deployment to the fleet'
  | 'bad revision to the fleet'
  | 'bad revision declared'
  | 'deployment stopped'
  | 'deployment stopped and rolled back';

/** Everything that is counted; a happening is counted besides by the kind of moment that it happens at. */
export type Fault =
  | CallFault
  | InvocationFault
  | TaskFault
  | MessageFault
  | EventFault
  | AgentFault
  | Happening
  | EdgeKind
  | 'life with two engines';
