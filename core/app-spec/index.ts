export type { AccessControlEntry } from './access-control-entry.ts';
export type { AppSpec, FileExistsBehavior, FileMapping, HookScript, Permission } from './app-spec.ts';
export { AppSpecError } from './app-spec-error.ts';
export { parseAppSpec } from './parse-app-spec.ts';
export type { SecurityContext } from './security-context.ts';
