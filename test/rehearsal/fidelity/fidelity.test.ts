import { App } from 'aws-cdk-lib/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EngineStack } from '../../../lib/engine/engine-stack.ts';
import { ExampleFleetStack } from '../../../lib/example/example-fleet-stack.ts';
import { Revision } from '../../../lib/fleet/revision.ts';
import { type Cloud, createCloud } from '../../../rehearsal/cloud.ts';
import { templateOnlyTypes } from '../../../rehearsal/cloudformation/template-only-types.ts';
import type { Template } from '../../../rehearsal/cloudformation/template.ts';
import { fidelityOf } from '../../../rehearsal/fidelity/fidelity.ts';
import { createSessions } from '../../../rehearsal/identity/sessions.ts';
import { createProvisioning, type Provisioning } from '../../../rehearsal/provisioning.ts';
import { ParameterStore } from '../../../rehearsal/storage/parameter-store.ts';
import { aRevisionDirectory } from '../../lib/fleet/builders.ts';
import { startTestGround, type TestGround } from '../ground.ts';

let test: TestGround;
let cloud: Cloud;
let provisioning: Provisioning;

beforeAll(async () => {
  test = await startTestGround((ground, { route, endpoint }) => {
    cloud = createCloud(ground, {
      disks: undefined,
      awsAgent: undefined,
      simulation: {},
      route,
      claim: endpoint.claim,
      sessions: createSessions({ accountId: ground.accountId, now: () => ground.clock.now() }),
      parameters: new ParameterStore(() => ground.clock.now()),
      codeDirectory: () => undefined,
    });
    const lookup = () => Promise.resolve(undefined);
    provisioning = createProvisioning(ground, { route, lookup, resourceTypes: () => cloud.resourceTypes });
    return [];
  });
});

afterAll(async () => {
  provisioning.close();
  await cloud.quiet();
  await cloud.close();
  await test.close();
});

const typeOf = (type: string) => provisioning.typeOf(type);

describe('what a rehearsal makes of templates', () => {
  it('is declared for every resource type that it plays', () => {
    const types = { ...cloud.resourceTypes, ...templateOnlyTypes };

    expect(Object.keys(types).filter((type) => !types[type]?.properties)).toEqual([]);
  });

  it('is all of this app: no resource type and no property is ignored without a word', () => {
    const app = new App({
      context: { agentArchitectures: '', 'aws:cdk:bundling-stacks': [] },
      builtinCloudFormationValidation: false,
    });
    const { engine } = new EngineStack(app, 'Engine');
    new ExampleFleetStack(app, 'Fleet', { engine, revision: Revision.fromAsset(aRevisionDirectory()) });
    const templates = app.synth().stacks.map(({ template }) => template as Template);

    const { resourceTypes } = fidelityOf(templates, typeOf, []);

    expect(resourceTypes.length).toBeGreaterThan(20);
    expect(resourceTypes.filter(({ isPlayed, refused }) => !isPlayed || refused.length > 0)).toEqual([]);
  }, 60_000);

  it('names what it takes without effect, with the reason, and what it would refuse', () => {
    const Resources = {
      One: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId: 'key', Colour: 'red' } },
      Other: { Type: 'AWS::Nobody::Knows' },
    };

    expect(fidelityOf([{ Resources }], typeOf, []).resourceTypes).toEqual([
      { type: 'AWS::Nobody::Knows', resources: 1, isPlayed: false, honoured: [], withoutEffect: [], refused: [] },
      {
        type: 'AWS::SQS::Queue',
        resources: 1,
        isPlayed: true,
        honoured: ['QueueName'],
        withoutEffect: [{ reason: 'nothing is encrypted here', properties: ['KmsMasterKeyId'] }],
        refused: ['Colour'],
      },
    ]);
  });

  it('lists the operations that are answered', () => {
    const { services } = fidelityOf([], typeOf, cloud.services);

    const states = services.find(({ signingNames }) => signingNames.includes('states'));
    expect(states?.operations).toEqual(expect.arrayContaining(['StartExecution', 'SendTaskSuccess']));
  });
});
