import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeShortage, isDiskFull } from '../disk/full-disk.ts';
import { AccountIds } from './account-ids.ts';
import { FileCopier } from './file-copier.ts';
import { InstallError } from './install-error.ts';
import { InstallationNotes } from './installation-notes.ts';
import type { Instruction } from './instruction.ts';
import { setAccessControlList, setSecurityContext } from './permission-commands.ts';

const INSTRUCTIONS_PER_TURN = 100;

interface Tools {
  readonly notes: InstallationNotes;
  readonly accounts: AccountIds;
  readonly copier: FileCopier;
}

/** Carries out instructions in their order; what they make is noted in `installedPathsFile` before it is made. */
export async function carryOut(instructions: readonly Instruction[], installedPathsFile: string): Promise<void> {
  const notes = new InstallationNotes(installedPathsFile);
  const tools = { notes, accounts: new AccountIds(), copier: new FileCopier() };
  try {
    for (let first = 0; first < instructions.length; first += INSTRUCTIONS_PER_TURN) {
      await carryOutTogether(instructions.slice(first, first + INSTRUCTIONS_PER_TURN), tools);
      await nextTurn(); // signals get their turn
    }
  } finally {
    notes.close();
  }
}

/** Most instructions take some microseconds and are done at once: waiting for each would take longer than doing it. */
async function carryOutTogether(instructions: readonly Instruction[], tools: Tools): Promise<void> {
  tools.notes.noteAhead(instructions);
  for (const instruction of instructions) {
    try {
      const unfinished = carryOutOne(instruction, tools);
      if (unfinished) await unfinished;
    } catch (error) {
      throw describe(error, instruction);
    }
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

function carryOutOne(instruction: Instruction, { notes, accounts, copier }: Tools): Promise<void> | undefined {
  switch (instruction.type) {
    case 'mkdir':
      mkdirSync(instruction.directory);
      return undefined;
    case 'copy':
      notes.noteUnlessAhead(instruction.destination);
      return copier.copy(instruction.source, instruction.destination);
    case 'chmod':
      chmodSync(instruction.file, Number.parseInt(instruction.mode, 8));
      return undefined;
    case 'chown':
      return changeOwner(instruction, accounts);
    case 'setfacl':
      return setAccessControlList(instruction.file, instruction.acl);
    case 'semanage':
      return setSecurityContext(instruction.file, instruction.context, (line) => {
        notes.note(line);
      });
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
