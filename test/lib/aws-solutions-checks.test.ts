import { App } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { EngineStack } from '../../lib/engine/engine-stack.ts';
import { ExampleFleetStack } from '../../lib/example/example-fleet-stack.ts';
import { Revision } from '../../lib/fleet/revision.ts';
import { aRevisionDirectory } from './fleet/builders.ts';

describe('AwsSolutions', () => {
  it('finds nothing in engine and example that is not acknowledged with a reason', () => {
    const app = new App();
    const { engine } = new EngineStack(app, 'Engine');
    new ExampleFleetStack(app, 'Fleet', { engine, revision: Revision.fromAsset(aRevisionDirectory()) });

    const report = new AwsSolutionsChecks().validateScope(app);

    expect(report.violations).toEqual([]);
    expect(report.success).toBe(true);
  });
});
