/** Why a deployment failed or was stopped, in CodeDeploy's words, as far as deployments to hosts know them. */
export type ErrorCode =
  | 'AGENT_ISSUE'
  | 'ALARM_ACTIVE'
  | 'APPLICATION_MISSING'
  | 'AUTO_SCALING_CONFIGURATION'
  | 'DEPLOYMENT_GROUP_MISSING'
  | 'ELASTIC_LOAD_BALANCING_INVALID'
  | 'HEALTH_CONSTRAINTS'
  | 'HEALTH_CONSTRAINTS_INVALID'
  | 'IAM_ROLE_MISSING'
  | 'IAM_ROLE_PERMISSIONS'
  | 'INTERNAL_ERROR'
  | 'INVALID_REVISION'
  | 'MANUAL_STOP'
  | 'NO_INSTANCES'
  | 'OVER_MAX_INSTANCES'
  | 'REVISION_MISSING'
  | 'THROTTLED'
  | 'TIMEOUT';

/** What a deployment's record says of its end. */
export interface ErrorInformation {
  readonly code: ErrorCode;
  readonly message: string;
}

/** How a fleet deployment ended. */
export type FleetSettlement =
  | { readonly status: 'Succeeded' }
  | { readonly status: 'Failed' | 'Stopped'; readonly errorInformation: ErrorInformation };
