import type { SecurityContext } from './security-context.ts';
import type { AccessControlEntry } from './access-control-entry.ts';
import type { Position } from './position.ts';

/** What a revision asks of its host: the EC2/on-premises AppSpec, checked and with its defaults filled in. */
export interface AppSpec {
  readonly os: 'linux';
  readonly files: readonly FileMapping[];
  readonly permissions: readonly Permission[];
  /** Hook scripts by lifecycle event, in running order. An event may be named and have no script. */
  readonly hooks: ReadonlyMap<string, readonly HookScript[]>;
  /** Beats the deployment's own setting when present. */
  readonly fileExistsBehavior?: FileExistsBehavior;
}

export const FILE_EXISTS_BEHAVIORS = ['DISALLOW', 'OVERWRITE', 'RETAIN'] as const;

/** What Install does with a file that is already there and is not the previous revision's. */
export type FileExistsBehavior = (typeof FILE_EXISTS_BEHAVIORS)[number];

/** One entry of `files`, and where it stands in the file. */
export interface FileMapping extends Position {
  /** File or directory relative to the revision's root; `/` is all of it. */
  readonly source: string;
  /** Directory that receives the file, or the contents of the directory. */
  readonly destination: string;
}

/** One entry of `permissions`, and where it stands in the file. */
export interface Permission extends Position {
  readonly object: string;
  /** `**` is everything below the object; any other pattern matches its direct children, with `*` as wildcard. */
  readonly pattern: string;
  readonly except: readonly string[];
  readonly type: readonly ('file' | 'directory')[];
  readonly owner?: string;
  readonly group?: string;
  /** Three or four octal digits. */
  readonly mode?: string;
  readonly acls?: readonly AccessControlEntry[];
  readonly context?: SecurityContext;
}

/** One script that runs at a lifecycle event, and where it stands in the file. */
export interface HookScript extends Position {
  /** Path relative to the revision's root. */
  readonly location: string;
  readonly timeoutSeconds: number;
  /** User to run as; absent: the agent's own. */
  readonly runas?: string;
  readonly sudo: boolean;
}
