import type { ComputePlatform } from './deployment-configs/deployment-config.ts';

/** What an application may be deployed to. */
export const COMPUTE_PLATFORMS: readonly ComputePlatform[] = ['Server', 'Lambda', 'ECS'];

/** A name under which deployment groups and revisions stand together. */
export interface Application {
  readonly applicationId: string;
  readonly applicationName: string;
  /**
   * The name that keys of its deployment groups and revisions hold. It stays when the application is renamed: hooks,
   * hosts and running deployments go on finding their group by it.
   */
  readonly recordName: string;
  readonly computePlatform: ComputePlatform;
  readonly createdAtMs: number;
}

/** CodeDeploy's quota per account and Region. */
export const MOST_APPLICATIONS = 1000;
