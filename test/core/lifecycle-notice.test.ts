import { describe, expect, it } from 'vitest';

import { MalformedNotice, parseLifecycleNotice } from '../../core/lifecycle-notice.ts';
import { MalformedHookMetadata } from '../../core/names.ts';
import { aNotice } from '../lambdas/doubles/notice.ts';

describe('a message on the lifecycle queue', () => {
  it('announces a launch', () => {
    expect(parseLifecycleNotice(aNotice())).toEqual({
      kind: 'action',
      action: {
        type: 'launch',
        instanceId: 'i-0a1b2c3d4e5f60718',
        autoScalingGroupName: 'web-blue',
        lifecycleHookName: 'slipway-launch',
        lifecycleActionToken: '5b7a4c0e-2a77-4b0e-8f7b-0f2a9a4f6d10',
        deploymentGroups: [{ applicationName: 'web', deploymentGroupName: 'web-fleet' }],
        noticedAt: '2026-05-04T11:59:58.000Z',
        origin: 'EC2',
        destination: 'AutoScalingGroup',
      },
    });
  });

  it('announces a termination', () => {
    const notice = parseLifecycleNotice(aNotice({ LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' }));

    expect(notice).toMatchObject({ kind: 'action', action: { type: 'termination' } });
  });

  it('may lack what Auto Scaling did not always send', () => {
    const notice = parseLifecycleNotice(aNotice({ Origin: undefined, Destination: undefined, Time: undefined }));

    expect(notice).toMatchObject({ kind: 'action', action: { instanceId: 'i-0a1b2c3d4e5f60718' } });
  });

  it('is read without its time when that is none', () => {
    const notice = parseLifecycleNotice(aNotice({ Time: 'yesterday' }));

    expect(notice).toMatchObject({ kind: 'action', action: expect.not.objectContaining({ noticedAt: 'yesterday' }) });
  });

  it('says when the instance only changes its root volume', () => {
    const notice = parseLifecycleNotice(
      aNotice({ LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING', Action: 'ReplaceRootVolume' }),
    );

    expect(notice).toMatchObject({ kind: 'action', action: { type: 'termination', replacesRootVolume: true } });
  });

  it('may come by way of a topic', () => {
    const envelope = JSON.stringify({ Type: 'Notification', Subject: 'Auto Scaling: …', Message: aNotice() });

    expect(parseLifecycleNotice(envelope)).toEqual(parseLifecycleNotice(aNotice()));
  });

  it('is the same action to the byte when it comes twice', () => {
    const one = parseLifecycleNotice(aNotice({ RequestId: 'first' }));
    const other = parseLifecycleNotice(aNotice({ RequestId: 'second' }));

    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it.each([{ Event: 'autoscaling:TEST_NOTIFICATION' }, { LifecycleTransition: 'autoscaling:TEST_NOTIFICATION' }])(
    'tries the queue, in either spelling: %o',
    (spelling) => {
      const body = JSON.stringify({ AutoScalingGroupName: 'web-blue', ...spelling });

      expect(parseLifecycleNotice(body)).toEqual({ kind: 'test', autoScalingGroupName: 'web-blue' });
    },
  );

  it.each([
    ['a hook without metadata', aNotice({ NotificationMetadata: undefined })],
    ['another tool’s hook', aNotice({ NotificationMetadata: '{"dg":"web"}' })],
    ['a notification of the group', JSON.stringify({ Event: 'autoscaling:EC2_INSTANCE_LAUNCH' })],
  ])('is foreign when it comes from %s', (_, body) => {
    expect(parseLifecycleNotice(body).kind).toBe('foreign');
  });

  it.each([
    ['is not JSON', 'not JSON'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['has no token', aNotice({ LifecycleActionToken: undefined })],
    ['has an empty instance id', aNotice({ EC2InstanceId: '' })],
    ['has an unknown transition', aNotice({ LifecycleTransition: 'autoscaling:EC2_INSTANCE_DANCING' })],
    ['is an envelope around no JSON', JSON.stringify({ Message: 'hello' })],
  ])('can never be read when it %s', (_, body) => {
    expect(() => parseLifecycleNotice(body)).toThrow(MalformedNotice);
  });

  it('can never be read when the metadata of our own hook is broken', () => {
    expect(() => parseLifecycleNotice(aNotice({ NotificationMetadata: '{"slipway":{}}' }))).toThrow(
      MalformedHookMetadata,
    );
  });

  it('does not repeat what it could not read, for it may hold a token', () => {
    const read = () => parseLifecycleNotice('{"LifecycleActionToken":"5b7a4c0e');

    expect(read).toThrow(expect.not.objectContaining({ message: expect.stringContaining('5b7a4c0e') }));
    expect(read).toThrow(expect.not.objectContaining({ cause: expect.anything() }));
  });
});
