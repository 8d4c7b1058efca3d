import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Names a process, other than this one, that holds an unlinked pipe.
 * @returns `process 4711 (sleep 30)`; undefined when none can be seen
 */
export function pipeHolder(path: string): string | undefined {
  const link = `${path} (deleted)`;
  const pid = readdirSync('/proc').find(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid && holds(name, link),
  );
  return pid === undefined ? undefined : `process ${pid}${commandOf(pid)}`;
}

function holds(pid: string, link: string): boolean {
  return listed(`/proc/${pid}/fd`).some((descriptor) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`) === link;
    } catch {
      return false;
    }
  });
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // gone meanwhile, or another user's
  }
}

function commandOf(pid: string): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    return words.length === 0 ? '' : ` (${words.join(' ').slice(0, 120)})`;
  } catch {
    return '';
  }
}
