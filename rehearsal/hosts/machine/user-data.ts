import { writeFile } from 'node:fs/promises';
import { createLineLog } from './line-log.ts';
import type { Machine } from './machine.ts';
import { startProgram } from './program.ts';
import type { ProgramEnd } from './program.ts';

const USER_DATA = '/var/lib/cloud/instance/user-data.txt';
const OUTPUT = '/var/log/cloud-init-output.log';

/**
 * Runs user data once, as cloud-init does: a script by its interpreter line, from the root of the disk, its output on
 * the console. When it fails the machine stays up, as on EC2, and a warning says so. Resolves when it has started.
 */
export async function runUserData(userData: string, machine: Machine): Promise<void> {
  const { disk, environment, instanceId, journal } = machine;
  if (userData === '') return;
  await writeFile(disk.path(USER_DATA), userData, { mode: 0o700 });
  const interpreter = readInterpreter(userData);
  if (!interpreter) {
    journal.record({ kind: 'warning', message: `${instanceId}: ${notAScript(userData)}` });
    return;
  }

  const settings = { environment, workingDirectory: disk.inside('/'), log: createLineLog(machine, OUTPUT) };
  void startProgram(machine, [...interpreter, disk.inside(USER_DATA)], settings).ended.then((end) => {
    if (end.exitCode === 0 || end.signal === 'SIGTERM' || end.signal === 'SIGKILL') return;
    journal.record({ kind: 'warning', message: `${instanceId}: ${failed(end)} See ${disk.path(OUTPUT)}.` });
  });
}

/**
 * `#!/bin/bash -xe` is bash with one argument: what follows the interpreter is never split.
 * Read here, because executing a file just written can fail while another program starts ("text file busy"),
 * and always fails on a file system mounted noexec.
 */
function readInterpreter(script: string): string[] | undefined {
  const [, interpreter, argument] = /^#![ \t]*(\S+)(?:[ \t]+(.*?))?[ \t\r]*(?:\n|$)/.exec(script) ?? [];
  if (interpreter === undefined) return undefined;
  return argument ? [interpreter, argument] : [interpreter];
}

const notAScript = (userData: string): string =>
  `its user data begins with ${JSON.stringify(userData.slice(0, 20))} and was not run; ` +
  'a rehearsal runs scripts, which begin with an interpreter line such as #!/bin/bash.';

const failed = ({ exitCode, signal }: ProgramEnd): string =>
  `user data ended with ${signal ?? `exit code ${exitCode}`}; the machine keeps running.`;
