/** States of an instance and the codes the API shows with them. */
export const STATE_CODES = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 };
export type InstanceState = keyof typeof STATE_CODES;

/** A machine of the account. */
export interface Instance {
  readonly instanceId: string;
  readonly reservationId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly subnetId?: string;
  readonly vpcId?: string;
  readonly securityGroupIds: readonly string[];
  readonly instanceProfileArn?: string;
  readonly launchTimeMs: number;
  /** Known once its host runs. */
  privateIpAddress?: string;
  state: InstanceState;
  readonly tags: Map<string, string>;
  terminatedAtMs?: number;
  /** Why it ended, as `Client.UserInitiatedShutdown: …`. */
  stateReason?: { readonly code: string; readonly message: string };
}

/** Whether EC2 still counts it: neither ended nor ending. */
export const isAlive = ({ state }: Instance): boolean => state === 'pending' || state === 'running';
