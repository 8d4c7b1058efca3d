export type { AccessControlEntry } from './access-control-entry.ts';
export type { AppSpec, FileExistsBehavior, FileMapping, HookScript, Permission } from './app-spec.ts';
export { AppSpecError } from './app-spec-error.ts';
export type { CheckedAppSpec } from './check-app-spec.ts';
export { checkAppSpec } from './check-app-spec.ts';
export type { Finding } from './finding.ts';
export { parseAppSpec } from './parse-app-spec.ts';
export type { Position } from './position.ts';
export type { SecurityContext } from './security-context.ts';
