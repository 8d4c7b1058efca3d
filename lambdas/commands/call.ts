import type { AgentKind } from '../../core/mailbox/hand-out.ts';
import type { InstallationKeys } from '../../core/signing/installation-keys.ts';
import type { Engine } from '../engine.ts';
import type { Caller } from './caller.ts';

/** One call of an agent, beside its input. */
export interface Call {
  readonly caller: Caller;
  readonly agent: AgentKind;
}

/** What the command service speaks to. */
export interface Ports extends Pick<Engine, 'hosts' | 'mailboxes' | 'targets' | 'taskTokens' | 'telemetry' | 'clock'> {
  /** What AWS's agent cannot do without. Read when it first asks: ours shall not wait for it. */
  readonly installationKeys: () => Promise<InstallationKeys>;
  /** The token that opens a repository, `owner/name`; undefined where it needs none, or none can be had. */
  readonly gitHubAccessToken?: (repository: string) => Promise<string | undefined>;
  /** Where agents are let in by their host's secret, with a slash at its end; undefined where they are not. */
  readonly secretDoorUrl?: string;
}

/** One operation of the protocol. Faults of the caller are thrown as `ServiceFault`. */
export type Operation<Input, Output> = (input: Input, call: Call, ports: Ports) => Promise<Output>;
