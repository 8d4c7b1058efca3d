import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who a host is, as its instance profile's credentials once proved. */
export interface HostIdentity {
  readonly accountId: string;
  readonly roleName: string;
  readonly instanceId: string;
}

/**
 * The path that lets a host in which cannot sign: its identity and a secret that follows from it and the key, so that
 * no table holds secrets. `111122223333/WebRole/i-0abc/<43 letters, digits, - and _>`, for the end of an endpoint.
 */
export function hostSecretPath(host: HostIdentity, key: Buffer): string {
  return [...partsOf(host), secretOf(host, key).toString('base64url')].map(encodeURIComponent).join('/');
}

/** The host that a path lets in; undefined when its secret is not that host's. */
export function hostIn(path: string, key: Buffer): HostIdentity | undefined {
  const [accountId, roleName, instanceId, secret, ...more] = segmentsOf(path);
  if (!accountId || !roleName || !instanceId || !secret || more.length > 0) return undefined;
  const host = { accountId, roleName, instanceId };
  const given = Buffer.from(secret, 'base64url');
  const right = secretOf(host, key);
  return given.length === right.length && timingSafeEqual(given, right) ? host : undefined;
}

/** Names of roles have no slash, so that joined they mean one host only. */
const partsOf = ({ accountId, roleName, instanceId }: HostIdentity): string[] => [accountId, roleName, instanceId];

const secretOf = (host: HostIdentity, key: Buffer): Buffer =>
  createHmac('sha256', key).update(partsOf(host).join('/')).digest();

function segmentsOf(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return []; // a stray percent sign
  }
}
