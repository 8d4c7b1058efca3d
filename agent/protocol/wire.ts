/**
 * The command protocol of CodeDeploy's agents, `CodeDeployCommandService_v20141006`, as it travels: JSON 1.1 over
 * POST. `Slipway` members are this project's own; other services leave them out, other agents ignore them.
 */

/** Statuses of a command. */
export type CommandStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed';

/** One lifecycle event that this host shall carry out. */
export interface HostCommand {
  /** Opaque: sent back with every report about the command. */
  readonly HostCommandIdentifier: string;
  readonly HostIdentifier: string;
  readonly DeploymentExecutionId: string;
  /** Name of the lifecycle event. */
  readonly CommandName: string;
}

/** A value with the name of its encoding. */
export interface Envelope {
  readonly Format: string;
  readonly Payload: string;
}

/** What the agent tells about a carried-out command: the payload of its diagnostics. */
export interface Diagnostics {
  readonly error_code: ErrorCode;
  /** Location of the hook script that failed; empty when none did. */
  readonly script_name: string;
  readonly message: string;
  /** Newest lines of the hook script log, at most 2,048 characters; empty after a success. */
  readonly log: string;
}

/** Error codes of diagnostics, with the names that CodeDeploy's agent gives them. */
export const ERROR_CODES = {
  SUCCEEDED: 0,
  SCRIPT_MISSING: 1,
  SCRIPT_EXECUTABILITY: 2,
  SCRIPT_TIMED_OUT: 3,
  SCRIPT_FAILED: 4,
  UNKNOWN_ERROR: 5,
  OUTPUTS_LEFT_OPEN: 6,
  FAILED_AFTER_RESTART: 7,
} as const;

export type ErrorCode = (typeof ERROR_CODES)[keyof typeof ERROR_CODES];

/** The final report about a command. It is kept on disk until the service has accepted it. */
export interface Completion {
  readonly HostCommandIdentifier: string;
  readonly CommandStatus: 'Succeeded' | 'Failed';
  readonly Diagnostics: Diagnostics;
  /** Events that directly follow in the leg and have no script in this revision. */
  readonly NoopEvents: readonly string[];
}
