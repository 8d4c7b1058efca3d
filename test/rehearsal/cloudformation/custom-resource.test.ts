import { afterEach, describe, expect, it } from 'vitest';
import type { Template } from '../../../rehearsal/cloudformation/template.ts';
import { startStackTest, type StackTest } from './stacks.ts';

type Event = Record<string, unknown> & { RequestType: string; ResponseURL: string };

const template = (properties: Record<string, unknown>): Template => ({
  Resources: {
    Group: {
      Type: 'Custom::Group',
      Properties: { ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:registration', ...properties },
    },
  },
  Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Group', 'Answer'] } }, Id: { Value: { Ref: 'Group' } } },
});

let stacks: StackTest | undefined;
afterEach(() => stacks?.test.close());

/** A function that answers every request with `response`, and the requests it got. */
async function answering(response: (event: Event) => object): Promise<{ events: Event[]; stacks: StackTest }> {
  const events: Event[] = [];
  stacks = await startStackTest(async (event) => {
    events.push(event as Event);
    await fetch((event as Event).ResponseURL, { method: 'PUT', body: JSON.stringify(response(event as Event)) });
  });
  return { events, stacks };
}

describe('a custom resource', () => {
  it('is made by its function, which gets every scalar as text', async () => {
    const { events, stacks: test } = await answering(() => ({
      Status: 'SUCCESS',
      PhysicalResourceId: 'web',
      Data: { Answer: '42' },
    }));

    await test.cloudFormation.deploy('fleet', template({ Count: 2, Flags: [true], Deep: { Size: 1 } }));

    expect(events[0]).toMatchObject({
      RequestType: 'Create',
      LogicalResourceId: 'Group',
      ResourceType: 'Custom::Group',
      ResourceProperties: { Count: '2', Flags: ['true'], Deep: { Size: '1' } },
    });
    expect(test.cloudFormation.outputs('fleet')).toEqual({ Answer: '42', Id: 'web' });
  });

  it('that takes a new physical id is deleted under its old one', async () => {
    const { events, stacks: test } = await answering(({ ResourceProperties }) => ({
      Status: 'SUCCESS',
      PhysicalResourceId: (ResourceProperties as { Name: string }).Name,
      Data: { Answer: '42' },
    }));
    await test.cloudFormation.deploy('fleet', template({ Name: 'one' }));

    await test.cloudFormation.deploy('fleet', template({ Name: 'two' }));

    expect(events.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Update', 'one'],
      ['Delete', 'one'],
    ]);
    expect(events[1]).toMatchObject({ OldResourceProperties: { Name: 'one' }, ResourceProperties: { Name: 'two' } });
  });

  it('fails with the reason that its function gives', async () => {
    const { stacks: test } = await answering(() => ({ Status: 'FAILED', Reason: 'no such group' }));

    await expect(test.cloudFormation.deploy('fleet', template({}))).rejects.toThrow(
      'Group (Custom::Group) failed: no such group',
    );
  });

  it('fails at once when its function crashes', async () => {
    stacks = await startStackTest(() => Promise.reject(new Error('SLIPWAY_TABLE is missing')));

    await expect(stacks.cloudFormation.deploy('fleet', template({}))).rejects.toThrow(
      /function:registration failed.*SLIPWAY_TABLE is missing/,
    );
  });

  it('fails when its function never answers', async () => {
    stacks = await startStackTest(async () => null);

    const deployment = stacks.cloudFormation.deploy('fleet', template({ ServiceTimeout: 0.05 }));

    await expect(deployment).rejects.toThrow('did not answer within 0.05 seconds');
  });
});
