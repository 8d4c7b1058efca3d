import { execFile } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { completeAcl } from './complete-acl.ts';
import { InstallError } from './install-error.ts';
import type { Instruction } from './instruction.ts';

const run = promisify(execFile);

/** Sets a file's access control list. @throws InstallError when `setfacl` fails or is not installed */
export async function setAccessControlList(file: string, entries: readonly string[]): Promise<void> {
  const acl = completeAcl(entries, statSync(file).mode).join(',');
  await attempt('setfacl', ['--set', acl, '--', file], (failed) => {
    return `The deployment failed because of a problem with the acls permission settings in the application specification file for this object: ${file}. ${failed}`;
  });
}

type SemanageContext = Extract<Instruction, { type: 'semanage' }>['context'];

/** Sets a file's SELinux context, and notes it so that the next installation takes it back. */
export async function setSecurityContext(
  file: string,
  { user, type, range }: SemanageContext,
  note: (line: string) => void,
): Promise<void> {
  const path = realpathSync(file);
  const explain = (failed: string): string =>
    `The deployment failed because the application specification file contains an error in the settings for the context parameter. Update the permissions section of the AppSpec file, and then try again. ${failed}`;
  const options = [...(user === null ? [] : ['-s', user]), '-t', type, ...(range === null ? [] : ['-r', range])];
  await attempt('semanage', ['fcontext', '-a', ...options, path], explain);
  note(`semanage\0${path}`);
  await attempt('restorecon', ['-v', path], explain);
}

/** Takes a context back. The file is gone, or about to go: failing changes nothing. */
export async function removeSecurityContext(path: string): Promise<void> {
  await run('semanage', ['fcontext', '-d', path]).catch(() => undefined);
}

async function attempt(command: string, args: readonly string[], explain: (failed: string) => string): Promise<void> {
  try {
    await run(command, args);
  } catch (error) {
    const { code } = error as { code?: number | string };
    const remedy = code === 'ENOENT' ? ` Install ${command} on the host.` : '';
    const failed = `Failed command: ${[command, ...args].join(' ')}. Exit code: ${code ?? 'none'}${remedy}`;
    throw new InstallError(explain(failed), { cause: error });
  }
}
