import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InstallError } from './install-error.ts';

const run = promisify(execFile);

/** Numbers of users and groups by name, as the host resolves names, directory services included. */
export class AccountIds {
  readonly #known = new Map<string, Promise<number>>();

  /** @throws InstallError when the host has no such user */
  user(name: string): Promise<number> {
    return this.#once('passwd', name, 'user');
  }

  /** @throws InstallError when the host has no such group */
  group(name: string): Promise<number> {
    return this.#once('group', name, 'group');
  }

  #once(database: 'passwd' | 'group', name: string, kind: 'user' | 'group'): Promise<number> {
    const key = `${database}:${name}`;
    const known = this.#known.get(key) ?? lookUp(database, name, kind);
    this.#known.set(key, known);
    return known;
  }
}

/** An entry is `name:password:id:…` in both databases. */
async function lookUp(database: 'passwd' | 'group', name: string, kind: 'user' | 'group'): Promise<number> {
  const unknown = `can't find ${kind} for ${name}: create the ${kind} in a BeforeInstall script or in the machine image`;
  // getent also takes numbers, which an AppSpec may not use.
  if (/^\d+$/.test(name)) throw new InstallError(unknown);
  try {
    const { stdout } = await run('getent', [database, '--', name]);
    return Number(stdout.split(':')[2]);
  } catch (error) {
    throw new InstallError(unknown, { cause: error });
  }
}
