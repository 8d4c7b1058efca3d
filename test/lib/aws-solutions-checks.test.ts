import { App, Stack } from 'aws-cdk-lib/core';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { applyAwsSolutionsChecks } from '../../lib/aws-solutions-checks.ts';
import { EngineStack } from '../../lib/engine/engine-stack.ts';
import { ExampleFleetStack } from '../../lib/example/example-fleet-stack.ts';
import { Revision } from '../../lib/fleet/revision.ts';
import { aRevisionDirectory } from './fleet/builders.ts';

describe('synthesis', () => {
  it('finds nothing unexplained in engine and example, by AwsSolutions and by CloudFormation’s own rules', () => {
    const app = new App({
      context: {
        '@aws-cdk/core:validateAgainstDefaultRules': true,
        agentArchitectures: '',
        'aws:cdk:bundling-stacks': [],
      },
    });
    const { engine } = new EngineStack(app, 'Engine');
    new ExampleFleetStack(app, 'Fleet', { engine, revision: Revision.fromAsset(aRevisionDirectory()) });
    applyAwsSolutionsChecks(app);

    expect(() => app.synth()).not.toThrow();
  }, 60_000);

  it('fails on a finding that nobody has explained', () => {
    const app = new App({ builtinCloudFormationValidation: false });
    new Queue(new Stack(app, 'Careless'), 'QueueWithoutTls');
    applyAwsSolutionsChecks(app);

    expect(() => app.synth()).toThrow(/does not require requests to use SSL/);
  });
});
