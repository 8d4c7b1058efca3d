import type { Permission } from '../../core/app-spec/index.ts';
import type { HostFiles } from './host-files.ts';
import { InstallError } from './install-error.ts';
import type { PermissionInstruction } from './instruction.ts';
import { renderAccessControlEntry, semanageContext } from './instruction.ts';
import type { InstructionList } from './instruction-list.ts';
import { reaches } from './permission-match.ts';

/**
 * Plans one entry of the `permissions` section. Only what this installation copies or makes is changed; what was on
 * the host before, and the named directory itself, stay as they are.
 * @param object the permission's object, placed on the host
 */
export function planPermission(permission: Permission, object: string, list: InstructionList, host: HostFiles): void {
  if (list.copies(object)) {
    if (permission.type.includes('file')) planForFile(permission, object, list);
  } else if (list.makes(object) || host.at(object) === 'directory') {
    planBelow(permission, object, list);
  }
}

function planForFile(permission: Permission, object: string, list: InstructionList): void {
  const { pattern, except } = permission;
  if (pattern !== '**') {
    throw new InstallError(
      `The deployment failed because the application specification file includes an object (${object}) with an invalid pattern (${pattern}), such as a pattern for a file applied to a directory. Correct the permissions section of the AppSpec file, and then try again.`,
      { remedy: 'remove the pattern: the object is a single file' },
    );
  }
  if (except.length > 0) {
    throw new InstallError(
      `The deployment failed because the except parameter for a pattern in the permissions section (${except.join(', ')}) for the object named ${object} contains an invalid format. Update the AppSpec file, and then try again.`,
      { remedy: 'remove except: the object is a single file' },
    );
  }
  setOnFile(permission, object, list);
}

function planBelow(permission: Permission, object: string, list: InstructionList): void {
  if (permission.type.includes('file')) {
    for (const file of list.copiedFiles()) if (reaches(object, permission, file)) setOnFile(permission, file, list);
  }
  if (permission.type.includes('directory')) {
    for (const directory of list.madeDirectories()) {
      if (reaches(object, permission, directory))
        list.setPermissions(directory, instructionsFor(permission, directory));
    }
  }
}

function setOnFile(permission: Permission, file: string, list: InstructionList): void {
  if (permission.acls?.some(({ isDefault }) => isDefault)) {
    throw new InstallError(
      'The deployment failed because the -d parameter has been specified to apply an acl setting to a file. This parameter is supported for directories only. Update the AppSpec file, and then try again.',
      { remedy: 'write "type: [directory]", or remove the default entries' },
    );
  }
  list.setPermissions(file, instructionsFor(permission, file));
}

function instructionsFor({ mode, acls, context, owner, group }: Permission, file: string): PermissionInstruction[] {
  return [
    ...(mode === undefined ? [] : [{ type: 'chmod', mode, file } as const]),
    ...(acls === undefined ? [] : [{ type: 'setfacl', acl: acls.map(renderAccessControlEntry), file } as const]),
    ...(context === undefined ? [] : [{ type: 'semanage', context: semanageContext(context), file } as const]),
    ...(owner === undefined && group === undefined
      ? []
      : [{ type: 'chown', owner: owner ?? null, group: group ?? null, file } as const]),
  ];
}
