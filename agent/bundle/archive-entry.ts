/** One entry of an archive, whatever the archive's format. */
export interface ArchiveEntry {
  /** As the archive spells it. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink';
  /** Permission bits; undefined when the archive holds none. */
  readonly mode?: number;
  readonly modifiedAt?: Date;
  /** Only of formats that know owners. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Of links. */
  readonly target?: string;
  /** Of files, in pieces: an entry is never held in memory whole. */
  readonly content?: AsyncIterable<Uint8Array>;
}

/** Receives entries in the archive's order, one at a time. */
export type EntrySink = (entry: ArchiveEntry) => Promise<void>;
