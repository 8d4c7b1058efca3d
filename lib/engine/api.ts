import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnUrl, FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { API_URL_PARAMETER_NAME } from '../../core/names.ts';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import type { EngineAttributes } from './engine.ts';
import type { GitHubTokenAccess } from './github-tokens.ts';
import {
  answerTasks,
  histories,
  instanceArnPrefix,
  lifecycleHooks,
  processes,
  revisions,
  triggerTopics,
} from './permissions.ts';

export interface ApiProps extends EnginePartProps {
  readonly table: DeploymentTable;
  /** Of `InstanceDeployment`. */
  readonly stateMachineArn: string;
  readonly fleetMachineArn: string;
  /** Where the hooks that it installs send lifecycle actions, and by which role. */
  readonly hookTarget: Pick<EngineAttributes, 'lifecycleQueueArn' | 'hookRoleArn'>;
  /** @default any bucket of the account */
  readonly revisionBucketNames?: readonly string[] | undefined;
  /** @default GitHub's own */
  readonly gitHubApiEndpoint?: string | undefined;
  readonly gitHubTokens: GitHubTokenAccess;
}

/** CodeDeploy's own API, for whoever may invoke its URL. */
export class Api extends Construct {
  readonly function: IFunction;
  /** Every request must be signed by whoever may invoke it. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const {
      table,
      stateMachineArn,
      fleetMachineArn,
      hookTarget,
      revisionBucketNames,
      gitHubApiEndpoint,
      gitHubTokens,
      ...part
    } = props;
    this.function = engineFunction(this, {
      ...part,
      folder: 'api',
      hasUrl: true,
      description: 'CodeDeploy’s own API',
      timeout: Duration.seconds(30), // deleting an application of a thousand deployment groups takes seconds
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        SLIPWAY_FLEET_MACHINE_ARN: fleetMachineArn,
        SLIPWAY_STATE_MACHINE_ARN: stateMachineArn,
        SLIPWAY_LIFECYCLE_QUEUE_ARN: hookTarget.lifecycleQueueArn,
        SLIPWAY_HOOK_ROLE_ARN: hookTarget.hookRoleArn,
        SLIPWAY_INSTANCE_ARN_PREFIX: instanceArnPrefix(this),
        SLIPWAY_GITHUB_ENDPOINT: gitHubApiEndpoint ?? 'https://api.github.com',
        ...gitHubTokens.environment,
      },
      statements: [
        table.allow('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
        table.allowLists(),
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [fleetMachineArn] }),
        answerTasks(stateMachineArn, fleetMachineArn), // a stop wakes who waits
        ...lifecycleHooks(this, hookTarget.hookRoleArn),
        triggerTopics(this),
        ...revisions(this, revisionBucketNames),
        ...gitHubTokens.statements,
        processes(this, 'ResumeProcesses'), // `slipway resume`
        table.allowTargetsOfHost(),
        ...histories(this, stateMachineArn), // `slipway explain`
      ],
    });
    const url = new FunctionUrl(this, 'Url', { function: this.function, authType: FunctionUrlAuthType.AWS_IAM });
    // Means nothing on AWS. A rehearsal leads clients of CodeDeploy here, who know its one endpoint only.
    if (url.node.defaultChild instanceof CfnUrl) url.node.defaultChild.addMetadata(SIGNING_NAME, 'codedeploy');
    new StringParameter(this, 'UrlParameter', { parameterName: API_URL_PARAMETER_NAME, stringValue: url.url });
    this.url = url.url;
  }
}

/** Metadata of a function URL that answers, in a rehearsal, to all who sign for this service: docs/rehearsal.md. */
const SIGNING_NAME = 'Rehearsal::SigningName';
