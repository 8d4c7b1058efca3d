import type { DeploymentConfig } from '../../core/deployment-configs/deployment-config.ts';
import { DEPLOYMENT_CONFIGS, deploymentConfigKey } from './keys.ts';
import type { Page } from './page.ts';
import type { Table } from './table.ts';

/** A deployment config that somebody created. It never changes. */
export type CreatedDeploymentConfig = DeploymentConfig & {
  readonly deploymentConfigId: string;
  readonly createdAtMs: number;
};

/** Deployment configs that were created; the built-in ones are code. */
export interface DeploymentConfigs {
  byName(deploymentConfigName: string): Promise<CreatedDeploymentConfig | undefined>;
  /** Names in alphabetical order. */
  names(after: string | undefined, limit: number): Promise<Page<string>>;
  create(config: CreatedDeploymentConfig): Promise<'created' | 'exists'>;
  /** Notes that a deployment group refers to it, so that it stays. `gone`: there is none of the name. */
  use(deploymentConfigName: string, deploymentGroupId: string): Promise<'used' | 'gone'>;
  /** Notes that a deployment group no longer refers to it. */
  release(deploymentConfigName: string, deploymentGroupId: string): Promise<void>;
  /** `in use`: a deployment group refers to it. One that is not there is deleted already. */
  delete(deploymentConfigName: string): Promise<'deleted' | 'in use'>;
}

/** Deployment configs in the table, each with the ids of the groups that refer to it. */
export class TableDeploymentConfigs implements DeploymentConfigs {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async byName(deploymentConfigName: string): Promise<CreatedDeploymentConfig | undefined> {
    const item = await this.#table.get(deploymentConfigKey(deploymentConfigName));
    return item as CreatedDeploymentConfig | undefined;
  }

  async names(after: string | undefined, limit: number): Promise<Page<string>> {
    const { items, last } = await this.#table.query(DEPLOYMENT_CONFIGS, { after, limit });
    return { items: items.map(({ sk }) => String(sk)), last };
  }

  async create(config: CreatedDeploymentConfig): Promise<'created' | 'exists'> {
    const outcome = await this.#table.put(
      deploymentConfigKey(config.deploymentConfigName),
      { ...config },
      { condition: 'attribute_not_exists(pk)' },
    );
    return outcome === 'done' ? 'created' : 'exists';
  }

  async use(deploymentConfigName: string, deploymentGroupId: string): Promise<'used' | 'gone'> {
    const outcome = await this.#table.update(deploymentConfigKey(deploymentConfigName), {
      update: 'ADD usedBy :group',
      condition: 'attribute_exists(pk)',
      values: { ':group': new Set([deploymentGroupId]) },
    });
    return outcome === 'refused' ? 'gone' : 'used';
  }

  async release(deploymentConfigName: string, deploymentGroupId: string): Promise<void> {
    await this.#table.update(deploymentConfigKey(deploymentConfigName), {
      update: 'DELETE usedBy :group',
      condition: 'attribute_exists(pk)',
      values: { ':group': new Set([deploymentGroupId]) },
    });
  }

  async delete(deploymentConfigName: string): Promise<'deleted' | 'in use'> {
    const outcome = await this.#table.delete(deploymentConfigKey(deploymentConfigName), {
      condition: 'attribute_not_exists(usedBy)', // an empty set is no attribute
    });
    return outcome === 'refused' ? 'in use' : 'deleted';
  }
}
