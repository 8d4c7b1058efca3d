/** Lifecycle events that run on a host; a command of the same name asks for each. */
export type LifecycleEventName =
  | 'BeforeBlockTraffic'
  | 'AfterBlockTraffic'
  | 'ApplicationStop'
  | 'DownloadBundle'
  | 'BeforeInstall'
  | 'Install'
  | 'AfterInstall'
  | 'ApplicationStart'
  | 'ValidateService'
  | 'BeforeAllowTraffic'
  | 'AfterAllowTraffic';

/** Lifecycle events of the load balancer: the engine carries them out while the host waits. */
export type TrafficEventName = 'BlockTraffic' | 'AllowTraffic';

/** Events that run hook scripts. DownloadBundle and Install are the agent's own work. */
export const HOOK_SCRIPT_EVENTS = [
  'BeforeBlockTraffic',
  'AfterBlockTraffic',
  'ApplicationStop',
  'BeforeInstall',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
] as const satisfies readonly LifecycleEventName[];

/** What became of a lifecycle event. `Unknown`: it was under way when nobody listened any more. */
export type LifecycleEventStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'Unknown';

/** CodeDeploy's names for what went wrong in a lifecycle event. */
export type LifecycleErrorCode =
  'Success' | 'ScriptMissing' | 'ScriptNotExecutable' | 'ScriptTimedOut' | 'ScriptFailed' | 'UnknownError';

/** What is known of how a lifecycle event went: in the host's words, or in the engine's for its own events. */
export interface Diagnostics {
  readonly errorCode: LifecycleErrorCode;
  readonly scriptName: string;
  readonly message: string;
  /** The last lines of the script's output, at most 4 KiB. */
  readonly logTail: string;
}

/** A lifecycle event as a deployment's record keeps it; times are ISO 8601. */
export interface LifecycleEvent {
  readonly lifecycleEventName: LifecycleEventName | TrafficEventName;
  readonly status: LifecycleEventStatus;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly diagnostics?: Diagnostics;
}
