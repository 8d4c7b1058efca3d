import type { LifecycleAction } from './lifecycle-action.ts';
import { decodeHookMetadata } from './names.ts';

/*
 * What a lifecycle hook sends to its queue. The test notification, once per hook that is put, has an `Event`
 * instead of hook, token and transition.
 *
 *   {"Origin":"EC2","LifecycleHookName":"slipway-launch","Destination":"AutoScalingGroup","AccountId":"111122223333",
 *    "RequestId":"0f4b6e1e-6c0d-4a53-9d0e-1f6f0a3c7b21","LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING",
 *    "AutoScalingGroupName":"web-blue","Service":"AWS Auto Scaling","Time":"2026-05-04T09:15:02.417Z",
 *    "EC2InstanceId":"i-0a1b2c3d4e5f60718","LifecycleActionToken":"5b7a4c0e-2a77-4b0e-8f7b-0f2a9a4f6d10",
 *    "NotificationMetadata":"{\"slipway\":{\"deploymentGroups\":[{\"applicationName\":\"web\",\"deploymentGroupName\":\"web-fleet\"}]}}"}
 *
 * By way of an SNS topic the same text stands in `Message` of an envelope.
 */

/** What a message on the lifecycle queue turned out to be. */
export type LifecycleNotice =
  | { readonly kind: 'action'; readonly action: LifecycleAction }
  /** Auto Scaling tried the hook's target. */
  | { readonly kind: 'test'; readonly autoScalingGroupName: string }
  /** Somebody else's hook or notification: none of our business. */
  | { readonly kind: 'foreign'; readonly why: string };

/** A message that can never be read: it belongs into the dead-letter queue, where an alarm waits for it. */
export class MalformedNotice extends Error {
  override readonly name = 'MalformedNotice';
}

const TEST_NOTIFICATION = 'autoscaling:TEST_NOTIFICATION';
/** `Action` of a notification in an instance refresh that replaces root volumes; others have none. */
const ROOT_VOLUME_SWAP = 'ReplaceRootVolume';
const TRANSITIONS: Readonly<Record<string, LifecycleAction['type']>> = {
  'autoscaling:EC2_INSTANCE_LAUNCHING': 'launch',
  'autoscaling:EC2_INSTANCE_TERMINATING': 'termination',
};

/**
 * Reads the body of one message.
 * @throws MalformedNotice, MalformedHookMetadata
 */
export function parseLifecycleNotice(body: string): LifecycleNotice {
  const message = unwrapped(parseObject(body));
  if (message['Event'] === TEST_NOTIFICATION || message['LifecycleTransition'] === TEST_NOTIFICATION) {
    return { kind: 'test', autoScalingGroupName: optionalText(message, 'AutoScalingGroupName') ?? 'unknown' };
  }
  if (message['LifecycleTransition'] === undefined) {
    return { kind: 'foreign', why: 'it has no LifecycleTransition' };
  }
  const metadata = decodeHookMetadata(optionalText(message, 'NotificationMetadata'));
  if (metadata === undefined) {
    return { kind: 'foreign', why: 'its notification metadata is not Slipway’s' };
  }
  return { kind: 'action', action: { ...actionIn(message), ...metadata } };
}

function actionIn(message: Message): Omit<LifecycleAction, 'deploymentGroups'> {
  const transition = text(message, 'LifecycleTransition');
  const type = TRANSITIONS[transition];
  if (type === undefined)
    throw new MalformedNotice(`LifecycleTransition is ${transition}, neither a launch nor a termination`);
  const noticedAt = optionalTime(message, 'Time');
  const origin = optionalText(message, 'Origin');
  const destination = optionalText(message, 'Destination');
  return {
    type,
    instanceId: text(message, 'EC2InstanceId'),
    autoScalingGroupName: text(message, 'AutoScalingGroupName'),
    lifecycleHookName: text(message, 'LifecycleHookName'),
    lifecycleActionToken: text(message, 'LifecycleActionToken'),
    ...(noticedAt !== undefined && { noticedAt }),
    ...(origin !== undefined && { origin }),
    ...(destination !== undefined && { destination }),
    ...(message['Action'] === ROOT_VOLUME_SWAP && { replacesRootVolume: true }),
  };
}

type Message = Readonly<Record<string, unknown>>;

/** The notification inside an SNS envelope, or the message itself. */
function unwrapped(message: Message): Message {
  return typeof message['Message'] === 'string' ? parseObject(message['Message']) : message;
}

function parseObject(json: string): Message {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    // Without its cause, which quotes the message: a token must not reach a log.
    throw new MalformedNotice('The message is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new MalformedNotice('The message is not a JSON object');
  }
  return parsed as Message;
}

function text(message: Message, key: string): string {
  const value = message[key];
  if (typeof value !== 'string' || value === '') throw new MalformedNotice(`The message has no ${key}`);
  return value;
}

function optionalText(message: Message, key: string): string | undefined {
  const value = message[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A time that cannot be read is as good as none: no instance should be lost for it. */
function optionalTime(message: Message, key: string): string | undefined {
  const value = optionalText(message, key);
  return value === undefined || Number.isNaN(Date.parse(value)) ? undefined : value;
}
