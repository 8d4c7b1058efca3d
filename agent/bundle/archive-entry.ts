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
  /** Of files: a small one whole, to be used before the next entry is read; a larger one is never held in memory whole. */
  readonly content?: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Receives entries in the archive's order, one at a time. @returns a promise unless it is done with the entry already */
export type EntrySink = (entry: ArchiveEntry) => Promise<void> | undefined;
