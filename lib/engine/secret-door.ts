import { Duration } from 'aws-cdk-lib/core';
import { FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import type { GitHubTokenAccess } from './github-tokens.ts';
import type { InstallationKeys } from './installation-keys.ts';
import { answerTasks } from './permissions.ts';

export interface SecretDoorProps extends EnginePartProps {
  readonly table: DeploymentTable;
  readonly keys: InstallationKeys;
  readonly stateMachineArn: string;
  readonly gitHubTokens: GitHubTokenAccess;
}

/**
 * The command service for AWS's agent, which signs for a service of AWS's own and for nobody else's address. Lambda lets
 * everybody in here; the function answers only those whose path holds the secret of their host.
 */
export class SecretDoor extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { table, keys, stateMachineArn, gitHubTokens, ...part }: SecretDoorProps) {
    super(scope, id);
    const fn = engineFunction(this, {
      ...part,
      folder: 'commands-by-secret',
      hasUrl: true,
      description: 'Hands commands to AWS’s host agents and takes their reports',
      timeout: Duration.seconds(10),
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        SLIPWAY_KEYS: keys.parameterName,
        ...gitHubTokens.environment,
      },
      statements: [
        table.allow('GetItem', 'UpdateItem'),
        answerTasks(stateMachineArn),
        ...keys.allowReading(),
        ...gitHubTokens.statements,
      ],
    });
    this.url = new FunctionUrl(this, 'Url', { function: fn, authType: FunctionUrlAuthType.NONE }).url;
  }
}
