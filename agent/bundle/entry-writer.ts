import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  futimesSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { writeAll } from '../disk/write-all.ts';
import type { ArchiveEntry, EntrySink } from './archive-entry.ts';
import { BundleError } from './bundle-error.ts';
import { entryPath, refused, requireInnerLink } from './entry-path.ts';

const CREATE_ONLY = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Writes the entries of an archive below one directory and nowhere else: no entry may lead out by its name, by a link,
 * or through a link that an earlier entry made.
 *
 * The calls are synchronous: for the thousands of small files of a typical revision, a trip through Node's thread pool
 * for each open, write and close would take most of the time. Between pieces of content other work gets its turn.
 */
export class EntryWriter {
  readonly #root: string;
  readonly #keepsOwners: boolean;
  readonly #limitBytes: number;
  #writtenBytes = 0;
  readonly #symbolicLinks: string[] = [];
  /** Directories known to be real, not links. */
  readonly #directories: Set<string>;
  /** Applied at the end: a directory may be one that its owner cannot write to. */
  readonly #directoryAttributes: (() => void)[] = [];

  /** @param options.limitBytes what the contents of all files may add up to */
  constructor(root: string, options: { readonly keepsOwners: boolean; readonly limitBytes: number }) {
    this.#root = root;
    this.#keepsOwners = options.keepsOwners;
    this.#limitBytes = options.limitBytes;
    this.#directories = new Set([root]);
  }

  readonly write: EntrySink = (entry) => {
    const path = entryPath(this.#root, entry.name);
    if (entry.kind === 'directory') {
      this.#makeDirectory(path, entry.name);
      this.#directoryAttributes.push(() => {
        if (path !== this.#root) this.#applyToDirectory(path, entry);
      });
      return undefined;
    }
    if (path === this.#root) throw refused(entry.name, 'it has no name');
    this.#makeDirectory(dirname(path), entry.name);
    if (entry.kind === 'file') return this.#writeFile(path, entry);
    this.#makeLink(path, entry);
    return undefined;
  };

  /** Where symbolic links were made. */
  get symbolicLinks(): readonly string[] {
    return this.#symbolicLinks;
  }

  /** Gives directories their modes, owners and times, the innermost first. */
  finish(): void {
    for (const apply of this.#directoryAttributes.reverse()) apply();
  }

  #writeFile(path: string, entry: ArchiveEntry): Promise<void> | undefined {
    const { content } = entry;
    if (content !== undefined && !(content instanceof Uint8Array)) return this.#writeLargeFile(path, entry, content);
    const descriptor = open(path, entry.name);
    try {
      if (content) this.#writePiece(descriptor, content);
      this.#applyToFile(descriptor, entry);
    } finally {
      closeSync(descriptor);
    }
    return undefined;
  }

  async #writeLargeFile(path: string, entry: ArchiveEntry, content: AsyncIterable<Uint8Array>): Promise<void> {
    const descriptor = open(path, entry.name);
    try {
      for await (const piece of content) this.#writePiece(descriptor, piece);
      this.#applyToFile(descriptor, entry);
    } finally {
      closeSync(descriptor);
    }
  }

  #writePiece(descriptor: number, piece: Uint8Array): void {
    this.#requireWithinLimit(piece.length);
    writeAll(descriptor, piece);
  }

  #requireWithinLimit(bytes: number): void {
    this.#writtenBytes += bytes;
    if (this.#writtenBytes <= this.#limitBytes) return;
    throw new BundleError(
      `The bundle unpacks to more than ${this.#limitBytes} bytes, the archive_max_extraction_size of this host. Raise it in the agent's configuration if the bundle is meant to be that large.`,
    );
  }

  #makeLink(path: string, entry: ArchiveEntry): void {
    const target = entry.target ?? '';
    if (entry.kind === 'symlink') {
      requireInnerLink(entry.name, target);
      onceMoreIfPresent(path, entry.name, () => {
        symlinkSync(target, path);
      });
      this.#symbolicLinks.push(path);
      return;
    }
    // A hard link's target is an earlier file of the archive, named from the archive's root.
    const original = entryPath(this.#root, target);
    const isOwnFile =
      this.#directories.has(dirname(original)) && lstatSync(original, { throwIfNoEntry: false })?.isFile();
    if (!isOwnFile) throw refused(entry.name, `it is a link to ${target}, which is no earlier file of the archive`);
    if (original === path) return;
    onceMoreIfPresent(path, entry.name, () => {
      linkSync(original, path);
    });
  }

  /** Makes the directory and those above it; refuses when one of them is a link or a file. */
  #makeDirectory(path: string, name: string): void {
    if (this.#directories.has(path)) return;
    this.#makeDirectory(dirname(path), name);
    try {
      mkdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw refused(name, 'its path goes through an entry that is no directory');
    }
    this.#directories.add(path);
  }

  #applyToFile(descriptor: number, { owner, mode, modifiedAt }: ArchiveEntry): void {
    if (this.#keepsOwners && owner) fchownSync(descriptor, owner.uid, owner.gid);
    if (mode !== undefined) fchmodSync(descriptor, mode);
    if (modifiedAt) futimesSync(descriptor, modifiedAt, modifiedAt);
  }

  #applyToDirectory(path: string, { owner, mode, modifiedAt }: ArchiveEntry): void {
    if (this.#keepsOwners && owner) chownSync(path, owner.uid, owner.gid);
    if (mode !== undefined) chmodSync(path, mode);
    if (modifiedAt) utimesSync(path, modifiedAt, modifiedAt);
  }
}

function open(path: string, name: string): number {
  return onceMoreIfPresent(path, name, () => openSync(path, CREATE_ONLY, 0o666));
}

/** Of two entries of one name the later one counts; the earlier is removed, never written through. */
function onceMoreIfPresent<Result>(path: string, name: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (lstatSync(path).isDirectory()) throw refused(name, 'an earlier entry is a directory of that name');
    unlinkSync(path);
    return make();
  }
}
