import type { Credentials, Ground } from '../part.ts';
import type { HostSpecification } from './host.ts';

/** EC2 shows a new set at least this long before the old one expires. */
const RENEW_BEFORE_EXPIRY_MS = 5 * 60_000;

/** Credentials as an instance holds them, and when they were issued (rehearsed milliseconds since the epoch). */
interface InstanceCredentials extends Credentials {
  readonly issuedAtMs: number;
}

/** The role behind an instance profile, as the instance that wears it knows it. */
export interface InstanceRole {
  /** Last part of the role's ARN; paths are left out, as instance metadata leaves them out. */
  readonly name: string;
  /** The current set, renewed when fewer than five minutes are left; the session name is the instance id. */
  credentials(): InstanceCredentials;
}

/** @returns undefined for an instance without a profile */
export function instanceRole(ground: Ground, specification: HostSpecification): InstanceRole | undefined {
  const { roleArn, instanceId } = specification;
  if (roleArn === undefined) return undefined;
  let current: InstanceCredentials | undefined;
  return {
    name: roleArn.slice(roleArn.lastIndexOf('/') + 1),
    credentials: () => {
      const issuedAtMs = ground.clock.now();
      if (!current || current.expiresAtMs - issuedAtMs <= RENEW_BEFORE_EXPIRY_MS) {
        current = { ...ground.credentials.assumeRole(roleArn, instanceId), issuedAtMs };
      }
      return current;
    },
  };
}
