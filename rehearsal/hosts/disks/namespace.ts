import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ENTER_DISK = fileURLToPath(new URL('enter-disk.sh', import.meta.url));
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

/** Whether mounts need a user namespace, in which this user is root. */
export const isUnprivileged = (): boolean => process.getuid?.() !== 0;

/** A machine's own mounts and processes; all of them end with its first process, and that one with this process. */
export interface Namespace {
  /** The command line that runs a program in it, by programs of util-linux. */
  command(words: readonly string[]): readonly string[];
  /** Kills every process in it, without waiting. */
  kill(): void;
  /** Resolves when none of them is left. */
  readonly ended: Promise<void>;
}

/**
 * Opens a namespace whose root is a view of this system with `root` laid over it.
 * @param work an empty directory beside `root`
 * @param needed directories of this system that must be seen, wherever they lie
 * @throws Error with the system's own words where it does not allow that
 */
export async function openNamespace(root: string, work: string, needed: readonly string[]): Promise<Namespace> {
  const [user, options] = isUnprivileged() ? [['--user', '--map-root-user'], 'userxattr,'] : [[], ''];
  const words = [...user, '--mount', '--pid', '--fork', '--kill-child', '/bin/sh', ENTER_DISK, root, work, options];
  const child = spawn('unshare', [...words, ...needed], { env: ENVIRONMENT, stdio: 'pipe', detached: true });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk));
  // A system without unshare is told by the error event.
  child.stdin.on('error', () => undefined);

  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const firstProcess = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      reject(new Error(complaints.trim().replaceAll('\n', '; ') || 'unshare ended without a word'));
    });
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve(Number(line));
    });
  });

  const enter = ['nsenter', '--target', String(firstProcess), ...(user.length > 0 ? ['--user'] : [])];
  const keep = user.length > 0 ? ['--preserve-credentials'] : [];
  return {
    command: (words) => [...enter, ...keep, '--mount', '--pid', '--', ...words],
    kill: () => {
      // The first process itself: whoever waits for `unshare` then knows that the kernel has ended all the others too.
      if (child.exitCode === null && child.signalCode === null) process.kill(firstProcess, 'SIGKILL');
    },
    ended,
  };
}
