import { chmodSync, chownSync, closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeShortage, isDiskFull } from '../disk/full-disk.ts';
import { AccountIds } from './account-ids.ts';
import { copyFile } from './copy-file.ts';
import { InstallError } from './install-error.ts';
import type { Instruction } from './instruction.ts';
import { setAccessControlList, setSecurityContext } from './permission-commands.ts';

const INSTRUCTIONS_PER_TURN = 100;

/**
 * Carries out instructions one by one. What they make is noted in `installedPathsFile` *before* it is made: whenever
 * the agent is interrupted, nothing of an installation is left that the next one would not know as its own.
 */
export async function carryOut(instructions: readonly Instruction[], installedPathsFile: string): Promise<void> {
  const installedPaths = openSync(installedPathsFile, 'a');
  const note = (line: string): void => {
    writeSync(installedPaths, `${line}\n`);
  };
  const accounts = new AccountIds();
  try {
    for (const [index, instruction] of instructions.entries()) {
      await carryOutOne(instruction, note, accounts).catch((error: unknown) => {
        throw describe(error, instruction);
      });
      if (index % INSTRUCTIONS_PER_TURN === 0) await nextTurn(); // signals get their turn
    }
  } finally {
    closeSync(installedPaths);
  }
}

function describe(error: unknown, instruction: Instruction): unknown {
  if (!isDiskFull(error)) return error;
  return new InstallError(`The disk is full: ${describeShortage(pathOf(instruction))}`);
}

function pathOf(instruction: Instruction): string {
  switch (instruction.type) {
    case 'mkdir':
      return instruction.directory;
    case 'copy':
      return instruction.destination;
    default:
      return instruction.file;
  }
}

async function carryOutOne(
  instruction: Instruction,
  note: (line: string) => void,
  accounts: AccountIds,
): Promise<void> {
  switch (instruction.type) {
    case 'mkdir':
      note(instruction.directory);
      mkdirSync(instruction.directory);
      return;
    case 'copy':
      note(instruction.destination);
      return copyFile(instruction.source, instruction.destination);
    case 'chmod':
      chmodSync(instruction.file, Number.parseInt(instruction.mode, 8));
      return;
    case 'chown':
      return changeOwner(instruction, accounts);
    case 'setfacl':
      return setAccessControlList(instruction.file, instruction.acl);
    case 'semanage':
      return setSecurityContext(instruction.file, instruction.context, note);
  }
}

type Chown = Extract<Instruction, { type: 'chown' }>;

async function changeOwner({ file, owner, group }: Chown, accounts: AccountIds): Promise<void> {
  const before = statSync(file);
  const uid = owner === null ? before.uid : await accounts.user(owner);
  const gid = group === null ? before.gid : await accounts.group(group);
  try {
    chownSync(file, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    throw new InstallError(
      `The agent may not give ${file} to ${owner ?? '-'}:${group ?? '-'}: run it as root, or leave owner and group out of the permissions section of the AppSpec.`,
      { cause: error },
    );
  }
  // Changing the owner takes setuid and setgid away, which the mode of the same permission may just have set.
  if (before.mode & 0o6000) chmodSync(file, before.mode & 0o7777);
}
