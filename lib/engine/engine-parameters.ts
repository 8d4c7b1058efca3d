import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Engine, EngineAttributes } from './engine.ts';

/**
 * Where an engine leaves what other stacks and apps need of it. The names are fixed: a second engine in the same
 * account and Region fails to deploy, instead of taking the first one's fleets over.
 */
const PARAMETER_NAMES: Readonly<Record<keyof EngineAttributes, string>> = {
  lifecycleQueueArn: '/slipway/lifecycle-queue-arn',
  hookRoleArn: '/slipway/hook-role-arn',
  registrationFunctionArn: '/slipway/registration-function-arn',
  rolloutFunctionArn: '/slipway/rollout-function-arn',
  commandServiceUrl: '/slipway/command-service-url',
  commandFunctionArn: '/slipway/command-function-arn',
  agentBucketName: '/slipway/agent-bucket-name',
  agentX86ObjectKey: '/slipway/agent-x86-64-object-key',
  agentArm64ObjectKey: '/slipway/agent-arm64-object-key',
};

/** Publishes an engine of this app to all other stacks in its account and Region. */
export class EngineParameters extends Construct {
  constructor(scope: Construct, id: string, { engine }: { readonly engine: Engine }) {
    super(scope, id);
    for (const attribute of Object.keys(PARAMETER_NAMES) as (keyof EngineAttributes)[])
      new StringParameter(this, attribute, {
        parameterName: PARAMETER_NAMES[attribute],
        stringValue: engine[attribute],
      });
  }
}

/** The engine that this account and Region already has; CloudFormation reads its parameters at each deployment. */
export class DeployedEngine extends Construct implements Engine {
  readonly lifecycleQueueArn = this.#read('lifecycleQueueArn');
  readonly hookRoleArn = this.#read('hookRoleArn');
  readonly registrationFunctionArn = this.#read('registrationFunctionArn');
  readonly rolloutFunctionArn = this.#read('rolloutFunctionArn');
  readonly commandServiceUrl = this.#read('commandServiceUrl');
  readonly commandFunctionArn = this.#read('commandFunctionArn');
  readonly agentBucketName = this.#read('agentBucketName');
  readonly agentX86ObjectKey = this.#read('agentX86ObjectKey');
  readonly agentArm64ObjectKey = this.#read('agentArm64ObjectKey');

  #read(attribute: keyof EngineAttributes): string {
    return StringParameter.valueForStringParameter(this, PARAMETER_NAMES[attribute]);
  }
}
