import type { AccessControlEntry, SecurityContext } from '../../core/app-spec/index.ts';

/** One step of an installation. All paths are absolute. Written to `<group>-install.json` in this form. */
export type Instruction =
  | { readonly type: 'mkdir'; readonly directory: string }
  | { readonly type: 'copy'; readonly source: string; readonly destination: string }
  | PermissionInstruction;

export type PermissionInstruction =
  | { readonly type: 'chmod'; readonly mode: string; readonly file: string }
  | { readonly type: 'setfacl'; readonly acl: readonly string[]; readonly file: string }
  | { readonly type: 'semanage'; readonly context: SemanageContext; readonly file: string }
  | { readonly type: 'chown'; readonly owner: string | null; readonly group: string | null; readonly file: string };

interface SemanageContext {
  readonly user: string | null;
  readonly role: null;
  readonly type: string;
  readonly range: string | null;
}

/** As `setfacl` takes it: `default:user:deploy:r-x`. */
export function renderAccessControlEntry({ isDefault, type, name, permissions }: AccessControlEntry): string {
  return `${isDefault ? 'default:' : ''}${type}:${name}:${permissions}`;
}

export function semanageContext({ user, type, range }: SecurityContext): SemanageContext {
  return { user: user ?? null, role: null, type, range: range ?? null };
}
