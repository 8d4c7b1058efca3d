import { Duration } from 'aws-cdk-lib/core';
import { FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import type { GitHubTokenAccess } from './github-tokens.ts';
import type { InstallationKeys } from './installation-keys.ts';
import { answerTasks } from './permissions.ts';
import type { SecretDoor } from './secret-door.ts';

export interface CommandServiceProps extends EnginePartProps {
  readonly table: DeploymentTable;
  /** What hosts with AWS's agent need, and where they are sent. @default such hosts are let in nowhere */
  readonly awsAgents?: { readonly keys: InstallationKeys; readonly door: SecretDoor } | undefined;
  readonly stateMachineArn: string;
  readonly gitHubTokens: GitHubTokenAccess;
}

/** Where host agents poll for commands and report how they went. */
export class CommandService extends Construct {
  readonly function: IFunction;
  /** Every request must be signed by a role that may invoke it. */
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    { table, awsAgents, stateMachineArn, gitHubTokens, ...part }: CommandServiceProps,
  ) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'commands',
      hasUrl: true,
      description: 'Hands commands to host agents and takes their reports',
      timeout: Duration.seconds(10), // an agent waits for the answer, and polls again anyway
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        ...gitHubTokens.environment,
        ...(awsAgents && {
          SLIPWAY_KEYS: awsAgents.keys.parameterName,
          SLIPWAY_SECRET_DOOR_URL: awsAgents.door.url,
        }),
      },
      statements: [
        table.allow('GetItem', 'UpdateItem'),
        answerTasks(stateMachineArn),
        ...gitHubTokens.statements,
        ...(awsAgents?.keys.allowReading() ?? []),
      ],
    });
    this.url = new FunctionUrl(this, 'Url', { function: this.function, authType: FunctionUrlAuthType.AWS_IAM }).url;
  }
}
