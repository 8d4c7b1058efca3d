import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EngineParameters } from '../../../lib/engine/engine-parameters.ts';
import { SlipwayEngine } from '../../../lib/engine/slipway-engine.ts';
import { aFleet, AnEngine, deployedTo } from '../fleet/builders.ts';

describe('an engine that another app has deployed', () => {
  it('is read from the very parameters that it publishes', () => {
    const published = new Stack(new App({ builtinCloudFormationValidation: false }));
    new EngineParameters(published, 'Parameters', { engine: new AnEngine(published, 'Engine') });
    const fleet = aFleet();

    deployedTo({ ...fleet, engine: SlipwayEngine.deployed(fleet.stack, 'Deployed') });

    const names = Object.values(Template.fromStack(published).findResources('AWS::SSM::Parameter')).map(
      ({ Properties }) => (Properties as { Name: string }).Name,
    );
    const read = Object.values(Template.fromStack(fleet.stack).findParameters('*')).map(
      ({ Default }) => Default as string,
    );
    expect(read).toEqual(expect.arrayContaining(names));
    expect(names).toHaveLength(9);
  });
});
