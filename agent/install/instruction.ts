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

const INSTRUCTIONS_PER_PIECE = 200;

/** The file of instructions, in pieces: `{"instructions":[…]}`. A revision may have tens of thousands. */
export function* instructionFile(instructions: readonly Instruction[]): Generator<string> {
  yield '{"instructions":[';
  for (let first = 0; first < instructions.length; first += INSTRUCTIONS_PER_PIECE) {
    const piece = instructions.slice(first, first + INSTRUCTIONS_PER_PIECE).map((one) => JSON.stringify(one));
    yield `${first === 0 ? '' : ','}${piece.join(',')}`;
  }
  yield ']}';
}

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
