import { createHash } from 'node:crypto';
import { AwsError } from '../endpoint/service.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** `AROA…`: what makes a role that was deleted and made again another one. */
  readonly id: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly assumeRolePolicy: unknown;
}

export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly path: string;
  readonly createdAtMs: number;
  /** A profile carries at most one. */
  readonly roleName?: string;
}

/** The account's roles and instance profiles, by name. */
export class RoleRegister {
  readonly #accountId: string;
  readonly #now: () => number;
  readonly #roles = new Map<string, Role>();
  readonly #profiles = new Map<string, InstanceProfile>();

  constructor({ accountId, now }: { accountId: string; now: () => number }) {
    this.#accountId = accountId;
    this.#now = now;
  }

  /** @throws AwsError EntityAlreadyExists */
  addRole(name: string, path: string, assumeRolePolicy: unknown): Role {
    if (this.#roles.has(name)) throw alreadyExists('Role', name);
    const role = { ...this.#entity('role', 'AROA', name, path), assumeRolePolicy };
    this.#roles.set(name, role);
    return role;
  }

  /** @throws AwsError EntityAlreadyExists, NoSuchEntity for its role */
  addProfile(name: string, path: string, roleName: string | undefined): InstanceProfile {
    if (this.#profiles.has(name)) throw alreadyExists('Instance Profile', name);
    if (roleName !== undefined) this.role(roleName);
    const profile = {
      ...this.#entity('instance-profile', 'AIPA', name, path),
      ...(roleName !== undefined && { roleName }),
    };
    this.#profiles.set(name, profile);
    return profile;
  }

  /** @throws AwsError NoSuchEntity */
  role(name: string): Role {
    return found(this.#roles.get(name), 'role', name);
  }

  /** @throws AwsError NoSuchEntity */
  profile(name: string): InstanceProfile {
    return found(this.#profiles.get(name), 'instance profile', name);
  }

  /** @throws AwsError NoSuchEntity */
  changeProfileRole(name: string, roleName: string): InstanceProfile {
    const profile = { ...this.profile(name), roleName: this.role(roleName).name };
    this.#profiles.set(name, profile);
    return profile;
  }

  roles(): Role[] {
    return [...this.#roles.values()];
  }

  profiles(): InstanceProfile[] {
    return [...this.#profiles.values()];
  }

  removeRole(name: string): void {
    this.#roles.delete(name);
  }

  removeProfile(name: string): void {
    this.#profiles.delete(name);
  }

  #entity(kind: string, prefix: string, name: string, path: string) {
    const createdAtMs = this.#now();
    const id = prefix + createHash('sha256').update(`${name} ${createdAtMs}`).digest('hex').slice(0, 17).toUpperCase();
    return { name, path, id, createdAtMs, arn: `arn:aws:iam::${this.#accountId}:${kind}${path}${name}` };
  }
}

function found<Entity>(entity: Entity | undefined, kind: string, name: string): Entity {
  if (entity) return entity;
  throw new AwsError('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`, { status: 404 });
}

const alreadyExists = (kind: string, name: string): AwsError =>
  new AwsError('EntityAlreadyExists', `${kind} with name ${name} already exists.`, { status: 409 });
