import { stagingBelow } from '../../agent/config/staging.ts';
import type { HostFiles } from '../../agent/install/host-files.ts';
import { InstallError } from '../../agent/install/install-error.ts';
import { InstructionList } from '../../agent/install/instruction-list.ts';
import { planFiles } from '../../agent/install/plan-files.ts';
import { planPermission } from '../../agent/install/plan-permissions.ts';
import type { AppSpec, Finding, Permission, Position } from '../../core/app-spec/index.ts';
import { leavesTheRevision } from '../../core/app-spec/index.ts';

/** Whatever a real host has makes for more conflicts, never for fewer. */
const EMPTY_HOST: HostFiles = { at: (path) => (path === '/' ? 'directory' : 'nothing'), isTaken: () => false };

const place = stagingBelow();

/** Plans the installation as the agent does, entry by entry; tells at most one conflict of each. */
export function* checkInstallation(appSpec: AppSpec, directory: string): Generator<Finding> {
  const list = new InstructionList();
  const planning = { list, host: EMPTY_HOST, fileExistsBehavior: appSpec.fileExistsBehavior ?? 'DISALLOW' };
  let isPlannedWhole = true;
  for (const mapping of appSpec.files) {
    if (leavesTheRevision(mapping.source)) {
      isPlannedWhole = false;
      continue;
    }
    const conflict = conflictOf(mapping, directory, () => {
      planFiles(mapping, directory, place(mapping.destination), planning);
    });
    if (!conflict) continue;
    isPlannedWhole = false;
    yield conflict;
  }
  for (const permission of appSpec.permissions) yield* checkPermission(permission, directory, list, isPlannedWhole);
}

function* checkPermission(
  permission: Permission,
  directory: string,
  list: InstructionList,
  isPlannedWhole: boolean,
): Generator<Finding> {
  const before = list.instructions.length;
  const conflict = conflictOf(permission, directory, () => {
    planPermission(permission, place(permission.object), list, EMPTY_HOST);
  });
  if (conflict) yield conflict;
  else if (isPlannedWhole && list.instructions.length === before) yield withoutEffect(permission);
}

/** Only what an installation makes is ever changed, so that an empty host tells which permissions reach nothing. */
function withoutEffect({ object, line, column, mode, owner, group, acls, context }: Permission): Finding {
  const setsNothing = [mode, owner, group, acls, context].every((setting) => setting === undefined);
  return {
    severity: 'warning',
    line,
    column,
    message: setsNothing
      ? `The permission of ${object} sets nothing.`
      : `The permission of ${object} reaches nothing that this revision installs, and changes nothing.`,
    remedy: setsNothing
      ? 'add mode, owner, group, acls or context'
      : 'name an installed file or a directory above it; check pattern, except and type',
  };
}

function conflictOf({ line, column }: Position, directory: string, plan: () => void): Finding | undefined {
  try {
    plan();
    return undefined;
  } catch (error) {
    const isSystemError = error instanceof Error && 'syscall' in error;
    if (!(error instanceof InstallError) && !isSystemError) throw error;
    const remedy = error instanceof InstallError ? error.remedy : undefined;
    return {
      severity: 'error',
      line,
      column,
      message: error.message.replaceAll(`${directory}/`, ''),
      remedy: remedy ?? 'change this entry, or what it names in the revision',
    };
  }
}
