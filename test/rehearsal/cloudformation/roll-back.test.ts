import { CloudFormationClient, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStackTest, type StackTest } from './stacks.ts';

const thing = (properties: Record<string, unknown> = {}, rest: object = {}) => ({
  Type: 'Test::Thing',
  Properties: properties,
  ...rest,
});
const template = (colour: string, more: object = {}) => ({
  Resources: { First: thing({ Colour: colour }), Last: thing({}, { DependsOn: 'First' }), ...more },
});
let stacks: StackTest;

beforeEach(async () => {
  stacks = await startStackTest();
  await stacks.cloudFormation.deploy('web', template('green'));
  stacks.history.length = 0;
});
afterEach(() => stacks.test.close());

const statuses = () =>
  stacks.cloudFormation
    .stacks()[0]
    ?.events.filter(({ logicalId }) => logicalId === 'web')
    .map(({ status }) => status);

describe('an update that fails', () => {
  it('is rolled back: what it changed is changed back, what it made goes', async () => {
    const broken = thing({ Colour: 'red' }, { DependsOn: ['First', 'New'] });

    const update = stacks.cloudFormation.deploy(
      'web',
      template('blue', { New: thing({}, { DependsOn: 'First' }), Broken: broken }),
    );

    await expect(update).rejects.toThrow('Broken (Test::Thing) failed: nothing here may be red');
    expect(stacks.history).toEqual(['update First', 'create New', 'update First', 'delete New']);
    expect(statuses()?.slice(2)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect([...(stacks.cloudFormation.stacks()[0]?.resources.keys() ?? [])]).toEqual(['First', 'Last']);
  });

  it('gives back what it replaced', async () => {
    const named = {
      ...template('green'),
      Resources: { ...template('green').Resources, Named: thing({ Name: 'one' }) },
    };
    await stacks.cloudFormation.deploy('web', named);
    stacks.history.length = 0;
    const Broken = thing({ Colour: 'red' }, { DependsOn: 'Named' });

    const update = stacks.cloudFormation.deploy('web', template('green', { Named: thing({ Name: 'two' }), Broken }));

    await expect(update).rejects.toThrow('may be red');
    expect(stacks.history).toEqual(['create two', 'delete two']);
    expect(stacks.cloudFormation.stacks()[0]?.resources.get('Named')?.physicalId).toBe('one');
  });

  it('may be followed by one that succeeds', async () => {
    await stacks.cloudFormation
      .deploy('web', template('blue', { Broken: thing({ Colour: 'red' }) }))
      .catch(() => undefined);

    await stacks.cloudFormation.deploy('web', template('blue'));

    expect(statuses()?.at(-1)).toBe('UPDATE_COMPLETE');
  });
});

describe('UpdateStack', () => {
  const client = () => new CloudFormationClient(stacks.test.client);
  const update = (body: unknown) =>
    client().send(new UpdateStackCommand({ StackName: 'web', TemplateBody: JSON.stringify(body) }));

  it('brings a stack to another template, as its events tell', async () => {
    const { StackId } = await update(template('blue'));

    const { Stacks = [] } = await client().send(new DescribeStacksCommand({ StackName: StackId }));
    expect(Stacks[0]?.StackStatus).toMatch(/^UPDATE_/);
    await expect.poll(statuses).toContain('UPDATE_COMPLETE');
  });

  it('is refused when there is nothing to change', async () => {
    await expect(update(template('green'))).rejects.toThrow('No updates are to be performed.');
  });

  it('takes templates in JSON', async () => {
    const call = client().send(new UpdateStackCommand({ StackName: 'web', TemplateBody: 'Resources:' }));

    await expect(call).rejects.toThrow('a TemplateBody in JSON');
  });
});
