import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Template } from '../../../rehearsal/cloudformation/template.ts';
import { startStackTest, type StackTest } from './stacks.ts';

const thing = (properties: Record<string, unknown> = {}, rest: object = {}) => ({
  Type: 'Test::Thing',
  Properties: properties,
  ...rest,
});
let stacks: StackTest;

beforeEach(async () => {
  stacks = await startStackTest();
});
afterEach(() => stacks.test.close());

describe('a new stack', () => {
  it('makes each resource after those it refers to or depends on', async () => {
    const template: Template = {
      Resources: {
        Last: thing({ Text: { 'Fn::Sub': 'see ${Middle.Colour}' } }),
        Middle: thing({ Colour: { 'Fn::GetAtt': ['First', 'Colour'] } }, { DependsOn: 'Second' }),
        First: thing({ Colour: 'green' }),
        Second: thing({}, { DependsOn: ['First'] }),
      },
      Outputs: { Colour: { Value: { 'Fn::GetAtt': 'Middle.Colour' } }, Name: { Value: { Ref: 'Last' } } },
    };

    await stacks.cloudFormation.deploy('web', template);

    expect(stacks.history).toEqual(['create First', 'create Second', 'create Middle', 'create Last']);
    expect(stacks.cloudFormation.outputs('web')).toEqual({ Colour: 'green', Name: 'ref-Last' });
  });

  it('leaves out what its conditions exclude, and reads parameters of Systems Manager', async () => {
    const template: Template = {
      Parameters: { Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image/latest' } },
      Conditions: { Never: { 'Fn::Equals': [1, 2] } },
      Resources: {
        Absent: thing({}, { Condition: 'Never' }),
        Present: thing({ Name: { Ref: 'Image' }, Colour: '{{resolve:ssm:/image/latest}}' }),
      },
      Outputs: { Colour: { Value: { 'Fn::GetAtt': 'Present.Colour' } }, Gone: { Value: 1, Condition: 'Never' } },
    };

    await stacks.cloudFormation.deploy('web', template);

    expect(stacks.history).toEqual(['create ami-1']);
    expect(stacks.cloudFormation.outputs('web')).toEqual({ Colour: 'ami-1' });
  });

  it('hands values to other stacks', async () => {
    const exporting: Template = {
      Resources: { Queue: thing() },
      Outputs: { Queue: { Value: { Ref: 'Queue' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Queue' } } } },
    };
    const importing: Template = { Resources: { Consumer: thing({ Name: { 'Fn::ImportValue': 'engine:Queue' } }) } };

    await stacks.cloudFormation.deploy('engine', exporting);
    await stacks.cloudFormation.deploy('fleet', importing);

    expect(stacks.history).toEqual(['create Queue', 'create ref-Queue']);
  });

  it('fails with resource and reason, and starts nothing after that', async () => {
    const template = { Resources: { Bad: thing({ Colour: 'red' }), Dependent: thing({}, { DependsOn: 'Bad' }) } };

    const deployment = stacks.cloudFormation.deploy('web', template);

    await expect(deployment).rejects.toThrow('Stack web: Bad (Test::Thing) failed: nothing here may be red');
    expect(stacks.history).toEqual([]);
  });

  it('refuses circles', async () => {
    const template = { Resources: { A: thing({ B: { Ref: 'B' } }), B: thing({ A: { Ref: 'A' } }) } };

    await expect(stacks.cloudFormation.deploy('web', template)).rejects.toThrow(/Circular dependency.*A → B → A/);
  });

  it('warns of policies that AWS would wait or roll by', async () => {
    const UpdatePolicy = { AutoScalingRollingUpdate: {}, AutoScalingScheduledAction: {} };

    await stacks.cloudFormation.deploy('web', { Resources: { Group: thing({}, { UpdatePolicy }) } });

    const warnings = stacks.test.ground.journal.entries.filter(({ kind }) => kind === 'warning');
    expect(warnings).toMatchObject([
      { message: 'Group (Test::Thing): the rehearsal ignores the policy AutoScalingRollingUpdate' },
    ]);
  });

  it('is refused as a whole, with every resource that nobody plays', () => {
    const template: Template = {
      Resources: { Cluster: { Type: 'AWS::ECS::Cluster' }, Tree: { Type: 'AWS::Tree' }, A: thing() },
    };

    const check = () => {
      stacks.cloudFormation.assertPlayable(new Map([['web', template]]));
    };

    expect(check).toThrow(/AWS::ECS::Cluster \(Cluster in web\)\n {2}AWS::Tree \(Tree in web\)$/);
  });
});

describe('a stack deployed again', () => {
  const before: Template = {
    Resources: {
      Kept: thing(),
      Changed: thing({ Colour: 'green' }),
      Renamed: thing({ Name: 'old' }),
      Removed: thing(),
    },
  };
  const after: Template = {
    Resources: { Kept: thing(), Changed: thing({ Colour: 'blue' }), Renamed: thing({ Name: 'new' }), Added: thing() },
  };

  it('updates, replaces, creates and deletes exactly what changed', async () => {
    await stacks.cloudFormation.deploy('web', before);
    stacks.history.length = 0;

    await stacks.cloudFormation.deploy('web', after);

    expect(stacks.history.slice(0, 3).sort()).toEqual(['create Added', 'create new', 'update Changed']);
    expect(stacks.history.slice(3).sort()).toEqual(['delete Removed', 'delete old']);
    expect(stacks.cloudFormation.stacks()[0]?.status).toBe('UPDATE_COMPLETE');
  });

  it('changes what refers to a replaced resource', async () => {
    const referring = (name: string): Template => ({
      Resources: { Queue: thing({ Name: name }), Consumer: thing({ Colour: { Ref: 'Queue' } }) },
    });
    await stacks.cloudFormation.deploy('web', referring('one'));
    stacks.history.length = 0;

    await stacks.cloudFormation.deploy('web', referring('two'));

    expect(stacks.history).toEqual(['create two', 'update Consumer', 'delete one']);
  });

  it('keeps what is to be retained', async () => {
    await stacks.cloudFormation.deploy('web', {
      Resources: { Table: thing({}, { DeletionPolicy: 'Retain' }), A: thing() },
    });

    await stacks.cloudFormation.deploy('web', { Resources: { A: thing() } });

    expect(stacks.history).toEqual(['create Table', 'create A']);
  });

  it('says so when a type cannot be updated', async () => {
    const stone = (colour: string): Template => ({
      Resources: { Stone: { Type: 'Test::Stone', Properties: { Colour: colour } } },
    });
    await stacks.cloudFormation.deploy('web', stone('grey'));

    const update = stacks.cloudFormation.deploy('web', stone('white'));

    await expect(update).rejects.toThrow(
      'Stone (Test::Stone) failed: the rehearsal cannot update Test::Stone, and Colour changed',
    );
  });
});

describe('CloudFormation’s API', () => {
  let client: CloudFormationClient;

  beforeEach(async () => {
    client = new CloudFormationClient(stacks.test.client);
    await stacks.cloudFormation.deploy('web', {
      Description: 'A web fleet',
      Resources: { Queue: thing() },
      Outputs: { Queue: { Value: { Ref: 'Queue' }, Export: { Name: 'shared' } } },
    });
  });

  it('describes stacks with their outputs', async () => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'web' }));

    expect(Stacks).toMatchObject([
      {
        StackName: 'web',
        Description: 'A web fleet',
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'Queue', OutputValue: 'ref-Queue', ExportName: 'shared' }],
      },
    ]);
  });

  it('lists resources, events and exports, and gives the template back', async () => {
    const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName: 'web' }));
    const { StackResources } = await client.send(
      new DescribeStackResourcesCommand({ StackName: 'web', LogicalResourceId: 'Queue' }),
    );
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'web' }));
    const { Exports } = await client.send(new ListExportsCommand({}));
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'web' }));

    expect(StackResourceSummaries).toMatchObject([{ LogicalResourceId: 'Queue', ResourceStatus: 'CREATE_COMPLETE' }]);
    expect(StackResources).toMatchObject([
      { StackName: 'web', PhysicalResourceId: 'Queue', ResourceType: 'Test::Thing' },
    ]);
    expect(StackEvents?.map(({ ResourceStatus }) => ResourceStatus)).toEqual([
      'CREATE_COMPLETE',
      'CREATE_COMPLETE',
      'CREATE_IN_PROGRESS',
      'CREATE_IN_PROGRESS',
    ]);
    expect(Exports).toMatchObject([{ Name: 'shared', Value: 'ref-Queue' }]);
    expect(JSON.parse(TemplateBody ?? '')).toHaveProperty('Resources.Queue');
  });

  it('does not know stacks that are not there', async () => {
    const describing = client.send(new DescribeStacksCommand({ StackName: 'other' }));

    await expect(describing).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id other does not exist',
    });
  });
});
