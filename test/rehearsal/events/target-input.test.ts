import { describe, expect, it } from 'vitest';
import type { DeliveredEvent } from '../../../rehearsal/events/event-bus.ts';
import { targetInput } from '../../../rehearsal/events/target-input.ts';

const EVENT: DeliveredEvent = {
  version: '0',
  id: 'e-1',
  'detail-type': 'Change',
  source: 'test',
  account: '123456789012',
  time: '2026-07-31T12:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: { name: 'say "hi"', count: 2, list: [{ id: 'first' }] },
};
const FACTS = { ruleArn: 'arn:rule', ruleName: 'rule', ingestionTime: '2026-07-31T12:00:01Z' };

describe('the input of a target', () => {
  it('is the event itself', () => {
    const input = targetInput(EVENT, {}, FACTS);

    expect(JSON.parse(input)).toEqual(EVENT);
  });

  it('is a constant where the rule has one', () => {
    const input = targetInput(EVENT, { input: '{"a":1}' }, FACTS);

    expect(input).toBe('{"a":1}');
  });

  it('is the part that a path selects', () => {
    const input = targetInput(EVENT, { inputPath: '$.detail.list[0]' }, FACTS);

    expect(JSON.parse(input)).toEqual({ id: 'first' });
  });

  it('is made by a JSON template, whose values keep their types', () => {
    const pathsMap = { name: '$.detail.name', count: '$.detail.count' };
    const template =
      '{"name": <name>, "text": "<count> times <name>", "count": <count>, "rule": <aws.events.rule-name>}';

    const input = targetInput(EVENT, { inputTransformer: { pathsMap, template } }, FACTS);

    expect(JSON.parse(input)).toEqual({ name: 'say "hi"', text: '2 times say "hi"', count: 2, rule: 'rule' });
  });

  it('is made by a text template', () => {
    const template = '"The count is <count>."';

    const input = targetInput(EVENT, { inputTransformer: { pathsMap: { count: '$.detail.count' }, template } }, FACTS);

    expect(input).toBe('"The count is 2."');
  });
});
