import { InstallError } from './install-error.ts';
import type { Instruction, PermissionInstruction } from './instruction.ts';

/** Instructions in the making. Refuses those that contradict an earlier one. */
export class InstructionList {
  readonly #instructions: Instruction[] = [];
  /** Sources by destination. */
  readonly #copies = new Map<string, string>();
  readonly #directories = new Set<string>();
  readonly #withPermissions = new Set<string>();

  get instructions(): readonly Instruction[] {
    return this.#instructions;
  }

  copiedFiles(): Iterable<string> {
    return this.#copies.keys();
  }

  madeDirectories(): Iterable<string> {
    return this.#directories;
  }

  copies(path: string): boolean {
    return this.#copies.has(path);
  }

  makes(path: string): boolean {
    return this.#directories.has(path);
  }

  copy(source: string, destination: string): void {
    const earlier = this.#copies.get(destination);
    if (earlier !== undefined) {
      throw new InstallError(
        `The deployment failed because the application specification file specifies two source files named ${source} and ${earlier} for the same destination (${destination}). Remove one of the source file paths from the AppSpec file, and then try again.`,
        { remedy: 'remove one of the two entries, or give it another destination' },
      );
    }
    if (this.makes(destination)) {
      throw new InstallError(
        `The deployment failed because the application specification file calls for installing the file ${source}, but a file with that name already exists at the location (${destination}). Update your AppSpec file or directory structure, and then try again.`,
        { remedy: 'another entry makes a directory there: change one of the destinations' },
      );
    }
    this.#copies.set(destination, source);
    this.#instructions.push({ type: 'copy', source, destination });
  }

  mkdir(directory: string): void {
    const copied = this.#copies.get(directory);
    if (copied !== undefined) {
      throw new InstallError(
        `The deployment failed because the application specification file includes an mkdir command more than once for the same destination path (${directory}) from (${copied}). Update the files section of the AppSpec file, and then try again.`,
        { remedy: 'another entry puts a file there: change one of the destinations' },
      );
    }
    if (this.makes(directory)) return;
    this.#directories.add(directory);
    this.#instructions.push({ type: 'mkdir', directory });
  }

  /** Each path may be given permissions once. */
  setPermissions(path: string, instructions: readonly PermissionInstruction[]): void {
    if (this.#withPermissions.has(path)) {
      throw new InstallError(
        `The deployment failed because the permissions setting for (${path}) is specified more than once in the application specification file. Update the files section of the AppSpec file, and then try again.`,
        { remedy: 'let one permission reach each path: narrow the pattern, or list it under except' },
      );
    }
    this.#withPermissions.add(path);
    this.#instructions.push(...instructions);
  }
}
