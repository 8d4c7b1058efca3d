import type { ProcessIdentity } from '../hook-scripts/process-identity.ts';

/** What the agent tells of itself, for whoever asks on the host. Never the command service's path: it may be a secret. */
export interface AgentStatus {
  readonly version: string;
  /** Which process says so; undefined on a system that does not tell. */
  readonly process: ProcessIdentity | undefined;
  readonly startedAtMs: number;
  /** Host of the command service. */
  readonly commandService: string;
  /** Undefined until instance metadata was read. */
  readonly hostIdentifier?: string;
  /** When the command service last answered a call with success. */
  readonly answeredAtMs?: number | undefined;
  /** Since when it has not; undefined while it does. */
  readonly failingSinceMs?: number | undefined;
  /** The lifecycle event under way. */
  readonly underWay?: UnderWay | undefined;
  /** The latest warning or error of the agent's log. */
  readonly lastProblem?: { readonly text: string; readonly atMs: number };
}

interface UnderWay {
  readonly deploymentId: string;
  readonly event: string;
  readonly sinceMs: number;
}
