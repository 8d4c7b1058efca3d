/**
 * The protocol between host agents and the command service: CodeDeploy's, JSON 1.1, and our extensions in members
 * named `Slipway`, which AWS's agent ignores. Members are spelled as they stand on the wire.
 */
import type { GenericEnvelope } from './deployment-specification.ts';
import type { CommandStatus } from './mailbox/acknowledge.ts';

export interface HostCommand {
  readonly HostCommandIdentifier: string;
  readonly HostIdentifier: string;
  readonly DeploymentExecutionId: string;
  readonly CommandName: string;
  readonly Nonce: number;
}

/** A report in an envelope: `Format` is always `JSON`. */
export interface DiagnosticsEnvelope {
  readonly Format: string;
  readonly Payload: string;
}

export interface PollHostCommandInput {
  readonly HostIdentifier: string;
  readonly Slipway?: { readonly UptimeSeconds: number };
}

export interface PollHostCommandOutput {
  readonly HostCommand?: HostCommand;
  readonly Slipway: {
    /** When to ask again, if there is nothing to do until then. */
    readonly PollAfterSeconds: number;
    /** Events that follow the command in its leg. */
    readonly RemainingEvents?: readonly string[];
    readonly DeploymentSpecification?: { readonly GenericEnvelope: GenericEnvelope };
  };
}

export interface GetDeploymentSpecificationInput {
  readonly DeploymentExecutionId: string;
  readonly HostIdentifier: string;
}

export interface GetDeploymentSpecificationOutput {
  readonly DeploymentSystem: 'CodeDeploy';
  readonly DeploymentSpecification: { readonly GenericEnvelope: GenericEnvelope };
}

export interface PutHostCommandAcknowledgementInput {
  readonly HostCommandIdentifier: string;
  readonly Diagnostics?: DiagnosticsEnvelope;
}

export interface CommandStatusOutput {
  readonly CommandStatus: CommandStatus;
}

export interface PostHostCommandUpdateOutput extends CommandStatusOutput {
  /** When to tell again; only for agents that name themselves ours. */
  readonly Slipway?: { readonly ReportAfterSeconds: number };
}

export interface PutHostCommandCompleteInput {
  readonly HostCommandIdentifier: string;
  readonly CommandStatus: CommandStatus;
  readonly Diagnostics?: DiagnosticsEnvelope;
  /** Events right behind the completed one that the revision gives no script. */
  readonly Slipway?: { readonly NoopEvents: readonly string[] };
}

export interface PutHostCommandCompleteOutput {
  /** The next command of the leg, so that a leg runs without another poll; only for agents that name themselves ours. */
  readonly Slipway?: {
    readonly HostCommand: HostCommand | null;
    readonly RemainingEvents: readonly string[];
    readonly PollAfterSeconds: number;
  };
}

export interface PostHostCommandUpdateInput {
  readonly HostCommandIdentifier: string;
  readonly EstimatedCompletionTime?: number;
  readonly Diagnostics?: DiagnosticsEnvelope;
}

/** An operation of ours: AWS's agent never asks, whoever sets it up does. */
export interface IssueHostSecretInput {
  readonly HostIdentifier: string;
}

export interface IssueHostSecretOutput {
  /** For AWS's agent as `deploy_control_endpoint`: whoever knows it speaks for the host. */
  readonly Endpoint: string;
}
