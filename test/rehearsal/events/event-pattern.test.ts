import { describe, expect, it } from 'vitest';
import { eventMatcher } from '../../../rehearsal/events/event-pattern.ts';

const EVENT = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  resources: ['arn:one', 'arn:two'],
  detail: { status: 'FAILED', attempts: 3, error: null, groups: [{ name: 'web' }, { name: 'api' }] },
};

describe('an event pattern', () => {
  it.each<[string, object, boolean]>([
    ['equal values', { source: ['aws.states'] }, true],
    ['one of several values', { detail: { status: ['ABORTED', 'FAILED'] } }, true],
    ['another value', { detail: { status: ['ABORTED'] } }, false],
    ['several members', { source: ['aws.states'], detail: { status: ['ABORTED'] } }, false],
    ['an array that holds the value', { resources: ['arn:two'] }, true],
    ['any object of an array', { detail: { groups: { name: ['api'] } } }, true],
    ['null', { detail: { error: [null] } }, true],
    ['a prefix', { 'detail-type': [{ prefix: 'Step Functions' }] }, true],
    ['a suffix', { source: [{ suffix: 'states' }] }, true],
    ['any case', { detail: { status: [{ 'equals-ignore-case': 'failed' }] } }, true],
    ['a wildcard', { source: [{ wildcard: 'aws.*' }] }, true],
    ['anything but a value', { detail: { status: [{ 'anything-but': 'SUCCEEDED' }] } }, true],
    ['anything but that very value', { detail: { status: [{ 'anything-but': ['FAILED'] }] } }, false],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
    ['numbers in a range', { detail: { attempts: [{ numeric: ['>', 0, '<=', 3] }] } }, true],
    ['numbers out of range', { detail: { attempts: [{ numeric: ['>', 3] }] } }, false],
    ['a member that exists', { detail: { status: [{ exists: true }] } }, true],
    ['a member that is absent', { detail: { output: [{ exists: false }] } }, true],
    ['an absent member that should exist', { detail: { output: [{ exists: true }] } }, false],
    ['either of two patterns', { $or: [{ source: ['x'] }, { detail: { status: ['FAILED'] } }] }, true],
  ])('judges %s', (_, pattern, matches) => {
    const matcher = eventMatcher(pattern);

    expect(matcher(EVENT)).toBe(matches);
  });

  it('with an unknown comparison is refused', () => {
    expect(() => eventMatcher({ source: [{ cidr: '10.0.0.0/8' }] })).toThrow('does not know the comparison cidr');
  });
});
