import type { AppSpec } from '../../core/app-spec/index.ts';
import type { Place } from '../config/staging.ts';
import type { HostFiles } from './host-files.ts';
import type { Instruction } from './instruction.ts';
import { InstructionList } from './instruction-list.ts';
import { planFiles } from './plan-files.ts';
import { planPermission } from './plan-permissions.ts';

export interface InstallPlanning {
  readonly appSpec: AppSpec;
  /** The unpacked revision. */
  readonly archive: string;
  readonly host: HostFiles;
  /** The deployment's setting; the AppSpec's beats it. */
  readonly fileExistsBehavior: string;
  readonly place: Place;
}

/**
 * Decides all that an installation will do: first directories and files in the order of the AppSpec, then permissions.
 * Looks at the host and changes nothing.
 * @throws InstallError for every conflict
 */
export function planInstall({ appSpec, archive, host, place, ...deployment }: InstallPlanning): readonly Instruction[] {
  const list = new InstructionList();
  const fileExistsBehavior = appSpec.fileExistsBehavior ?? deployment.fileExistsBehavior;
  for (const mapping of appSpec.files) {
    planFiles(mapping, archive, place(mapping.destination), { list, host, fileExistsBehavior });
  }
  for (const permission of appSpec.permissions) planPermission(permission, place(permission.object), list, host);
  return list.instructions;
}
