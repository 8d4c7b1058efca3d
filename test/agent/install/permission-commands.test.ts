import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setAccessControlList, setSecurityContext } from '../../../agent/install/permission-commands.ts';
import { writeTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

let host: string;

/** Commands of the host that write down how they were called. */
beforeEach(() => {
  host = temporaryDirectory();
  const script = '#!/bin/bash\necho "$(basename "$0") $*" >> "$(dirname "$0")/../calls"\n[[ $* != *refused* ]]\n';
  for (const name of ['setfacl', 'semanage', 'restorecon']) writeTree(host, { [`bin/${name}`]: { script } });
  writeFileSync(join(host, 'file'), '');
  chmodSync(join(host, 'file'), 0o640);
  vi.stubEnv('PATH', `${join(host, 'bin')}:${process.env['PATH']}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const calls = (): string => readFileSync(join(host, 'calls'), 'utf8');

it('sets an access control list that is complete', async () => {
  await setAccessControlList(join(host, 'file'), ['user:deploy:rwx']);

  expect(calls()).toBe(
    `setfacl --set user:deploy:rwx,user::rw-,group::r--,other::---,mask::r-- -- ${join(host, 'file')}\n`,
  );
});

it('says which command failed, and how', async () => {
  await expect(setAccessControlList(join(host, 'file'), ['user:refused:rwx'])).rejects.toThrow(
    /acls permission settings in the application specification file for this object: .*\/file\. Failed command: setfacl --set user:refused.* Exit code: 1$/,
  );
});

it('names the command that the host lacks', async () => {
  vi.stubEnv('PATH', '/nowhere');

  await expect(setAccessControlList(join(host, 'file'), ['user:deploy:rwx'])).rejects.toThrow(
    /Install setfacl on the host\.$/,
  );
});

it('sets a security context and notes it for the next installation', async () => {
  const noted: string[] = [];
  const context = { user: 'system_u', role: null, type: 'httpd_sys_content_t', range: 's0' } as const;

  await setSecurityContext(join(host, 'file'), context, (line) => noted.push(line));

  expect(calls()).toBe(
    `semanage fcontext -a -s system_u -t httpd_sys_content_t -r s0 ${join(host, 'file')}\nrestorecon -v ${join(host, 'file')}\n`,
  );
  expect(noted).toEqual([`semanage\0${join(host, 'file')}`]);
});
