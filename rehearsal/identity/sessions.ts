import { randomBytes } from 'node:crypto';
import { assumedRole } from './assumed-role.ts';
import type { Caller } from '../endpoint/service.ts';
import type { Credentials, CredentialsIssuer } from '../part.ts';

/** Everybody who may call: roles by the credentials issued for them, anybody else as the account's own user. */
export interface Sessions extends CredentialsIssuer {
  /** Whoever signs with this key. Unknown keys belong to the account's user: any credentials work. */
  callerOf(accessKeyId: string): Caller;
  /** Undefined for keys that were not issued here: their signatures cannot be verified. */
  credentialsOf(accessKeyId: string): Credentials | undefined;
}

const SESSION_MS = 6 * 60 * 60 * 1000; // what EC2 and Lambda hand out
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Issues sessions and remembers them for the length of the rehearsal.
 * The expiry is told to clients, so that they refresh in time, but an old session keeps working:
 * at many times the speed of the wall, a client could not keep up with an enforced one.
 */
export function createSessions({ accountId, now }: { accountId: string; now: () => number }): Sessions {
  const issued = new Map<string, { credentials: Credentials; caller: Caller }>();

  const newCredentials = (): Credentials => ({
    accessKeyId: `ASIA${key(16)}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: `IQoJ${randomBytes(96).toString('base64')}`,
    expiresAtMs: now() + SESSION_MS,
  });

  return {
    assumeRole(roleArn, sessionName) {
      const credentials = newCredentials();
      const { accessKeyId } = credentials;
      const caller = { ...assumedRole(roleArn, sessionName, accountId), accountId, accessKeyId };
      issued.set(accessKeyId, { credentials, caller });
      return credentials;
    },
    actAs(service) {
      const credentials = newCredentials();
      const { accessKeyId } = credentials;
      issued.set(accessKeyId, { credentials, caller: { arn: service.principal, accountId, accessKeyId, service } });
      return credentials;
    },
    callerOf: (accessKeyId) =>
      issued.get(accessKeyId)?.caller ?? { arn: `arn:aws:iam::${accountId}:user/rehearsal`, accountId, accessKeyId },
    credentialsOf: (accessKeyId) => issued.get(accessKeyId)?.credentials,
  };
}

const key = (length: number): string => Array.from(randomBytes(length), (byte) => BASE32[byte % 32]).join('');
