import { createHash } from 'node:crypto';

import type { Tags } from '../fleet/tag-filter.ts';
import { isName, NAME_RULE } from '../names.ts';

/** A machine outside of EC2 that deployments reach. */
export interface OnPremisesInstance {
  readonly instanceName: string;
  /** Another one with each registration. */
  readonly instanceArn: string;
  readonly identity: IamIdentity;
  readonly registeredAtMs: number;
  /** Undefined while it is registered. */
  readonly deregisteredAtMs?: number;
  readonly tags: Tags;
  /** Counts the changes of the tags, from 0. */
  readonly tagsVersion: number;
}

/** Whom the instance's agent signs as. Each identity is one registered instance's only. */
export interface IamIdentity {
  /** A user of its own, or a session of a role that several instances may share. */
  readonly kind: 'user' | 'session';
  readonly arn: string;
}

export function isRegistered({ deregisteredAtMs }: OnPremisesInstance): boolean {
  return deregisteredAtMs === undefined;
}

/** For whoever gives a name that is none. */
export const INSTANCE_NAME_RULE = `${NAME_RULE}, and must not begin with i-`;

/** CodeDeploy's rule: what begins with `i-` is an instance of EC2. */
export function isInstanceName(text: string): boolean {
  return isName(text) && !text.startsWith('i-');
}

const IDENTITY_FORMS: Readonly<Record<IamIdentity['kind'], RegExp>> = {
  // arn:aws:iam::111122223333:user/AWS/CodeDeploy/web-1
  user: /^arn:aws[\w-]*:iam::\d{12}:user\/[!-~]{1,576}$/,
  // arn:aws:sts::111122223333:assumed-role/WebRole/web-1
  session: /^arn:aws[\w-]*:sts::\d{12}:assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}$/,
};

export function isIdentity({ kind, arn }: IamIdentity): boolean {
  return IDENTITY_FORMS[kind].test(arn);
}

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ARN_SUFFIX_LENGTH = 10;

/**
 * `arn:aws:codedeploy:us-east-1:111122223333:instance/web-1_Kt7zR3mX0q`.
 * @param prefix up to and with the slash
 * @param id of the registration
 */
export function onPremisesInstanceArn(prefix: string, instanceName: string, id: string): string {
  const digest = createHash('sha256').update(id).digest().subarray(0, ARN_SUFFIX_LENGTH);
  const suffix = [...digest].map((byte) => BASE_62.charAt(byte % BASE_62.length)).join('');
  return `${prefix}${instanceName}_${suffix}`;
}
