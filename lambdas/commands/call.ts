import type { AgentKind } from '../../core/mailbox/hand-out.ts';
import type { Engine } from '../engine.ts';
import type { Caller } from './caller.ts';

/** One call of an agent, beside its input. */
export interface Call {
  readonly caller: Caller;
  readonly agent: AgentKind;
}

/** What the command service speaks to. */
export type Ports = Pick<Engine, 'hosts' | 'deployments' | 'taskTokens' | 'telemetry' | 'clock'>;

/** One operation of the protocol. Faults of the caller are thrown as `ServiceFault`. */
export type Operation<Input, Output> = (input: Input, call: Call, ports: Ports) => Promise<Output>;
