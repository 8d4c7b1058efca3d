import { ArnFormat, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
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
  /** Not the account's own `aws/ssm` key: with that, every instance that Systems Manager manages could read them. */
  readonly #key: Key;

  constructor(scope: Construct, id: string, part: EnginePartProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Encrypts the keys of this Slipway installation',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
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
      environment: { SLIPWAY_KEYS: this.parameterName, SLIPWAY_KEYS_ENCRYPTION_KEY: this.#key.keyArn },
      statements: [
        this.#allow('GetParameter', 'PutParameter', 'DeleteParameter'),
        this.#allowKey('Encrypt', 'Decrypt'),
      ],
    });
    const keys = new CustomResource(this, 'Keys', {
      resourceType: 'Custom::SlipwayInstallationKeys',
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(5),
    });
    if (fn.role) keys.node.addDependency(fn.role); // with its policy, or the first call would be refused
  }

  /** Statements that allow to read the keys. */
  allowReading(): PolicyStatement[] {
    return [this.#allow('GetParameter'), this.#allowKey('Decrypt')];
  }

  #allowKey(...actions: readonly ('Encrypt' | 'Decrypt')[]): PolicyStatement {
    return new PolicyStatement({ actions: actions.map((action) => `kms:${action}`), resources: [this.#key.keyArn] });
  }

  #allow(...actions: readonly `${'Get' | 'Put' | 'Delete'}Parameter`[]): PolicyStatement {
    return new PolicyStatement({
      actions: actions.map((action) => `ssm:${action}`),
      resources: [this.#parameterArn],
    });
  }
}
