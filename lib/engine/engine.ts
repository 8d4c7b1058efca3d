import type { IConstruct } from 'constructs';

/** Stands for an object that the engine does not offer: a parameter cannot be empty. */
export const NOT_PUBLISHED = 'not-published';

/** What an engine shares with fleets. */
export interface EngineAttributes {
  /** Notification target of every hook. */
  readonly lifecycleQueueArn: string;
  /** Role by which Auto Scaling reaches the queue. */
  readonly hookRoleArn: string;
  /** Serves the custom resource that registers a deployment group. */
  readonly registrationFunctionArn: string;
  /** Serves the custom resource that rolls a declared revision out. */
  readonly rolloutFunctionArn: string;
  /** Where agents poll. */
  readonly commandServiceUrl: string;
  readonly commandFunctionArn: string;
  /** Where the agent's executables are; `NOT_PUBLISHED` as a key when there is none for that architecture. */
  readonly agentBucketName: string;
  readonly agentX86ObjectKey: string;
  readonly agentArm64ObjectKey: string;
}

/** An engine as a fleet sees it, whether it stands in the same app or was deployed by another one. */
export interface Engine extends IConstruct, EngineAttributes {
  /** Whether it lets AWS's own agents in; undefined for an engine that another app has deployed. */
  readonly awsAgents?: boolean;
}
