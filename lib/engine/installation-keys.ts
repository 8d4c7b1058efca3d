import { ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { KEYS_PARAMETER_NAME } from '../../core/names.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';

/**
 * The keys that only this installation knows, in a SecureString. CloudFormation cannot make one, so that a custom
 * resource does, once; they go with the stack.
 */
export class InstallationKeys extends Construct {
  readonly parameterName = KEYS_PARAMETER_NAME;
  readonly #parameterArn: string;

  constructor(scope: Construct, id: string, part: EnginePartProps) {
    super(scope, id);
    this.#parameterArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: KEYS_PARAMETER_NAME.slice(1),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    const fn = engineFunction(this, {
      ...part,
      folder: 'installation-keys',
      description: 'Makes the keys of this installation and removes them with it',
      isWatched: false, // it runs while the stack is deployed, whose events tell of its failures
      environment: { SLIPWAY_KEYS: this.parameterName },
      statements: [this.#allow('GetParameter', 'PutParameter', 'DeleteParameter')],
    });
    const keys = new CustomResource(this, 'Keys', {
      resourceType: 'Custom::SlipwayInstallationKeys',
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(5),
    });
    if (fn.role) keys.node.addDependency(fn.role); // with its policy, or the first call would be refused
  }

  /** A statement that allows to read the keys. The `aws/ssm` key lets in whoever may read the parameter. */
  allowReading(): PolicyStatement {
    return this.#allow('GetParameter');
  }

  #allow(...actions: readonly `${'Get' | 'Put' | 'Delete'}Parameter`[]): PolicyStatement {
    return new PolicyStatement({
      actions: actions.map((action) => `ssm:${action}`),
      resources: [this.#parameterArn],
    });
  }
}
