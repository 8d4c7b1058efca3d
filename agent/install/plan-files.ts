import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileMapping } from '../../core/app-spec/index.ts';
import type { HostFiles } from './host-files.ts';
import { InstallError } from './install-error.ts';
import type { InstructionList } from './instruction-list.ts';

export interface FilePlanning {
  readonly list: InstructionList;
  readonly host: HostFiles;
  /** `DISALLOW`, `OVERWRITE` or `RETAIN`; a deployment may carry anything here. */
  readonly fileExistsBehavior: string;
}

/** Plans one entry of the `files` section: what to make and copy for it. */
export function planFiles(mapping: FileMapping, archive: string, destination: string, planning: FilePlanning): void {
  const source = join(archive, mapping.source);
  const found = statSync(source, { throwIfNoEntry: false });
  if (!found && !lstatSync(source, { throwIfNoEntry: false })) throw missingSource(source, mapping);
  if (found?.isDirectory()) {
    makeMissingAncestors(destination, planning);
    planDirectory(source, destination, planning, []);
  } else {
    const target = join(destination, basename(source));
    makeMissingAncestors(target, planning);
    planFile(source, target, planning, lstatSync(source).isSymbolicLink());
  }
}

/** A directory's contents, hidden files included, go into the destination; links to directories are followed. */
function planDirectory(source: string, destination: string, planning: FilePlanning, above: readonly string[]): void {
  const real = realpathSync(source);
  if (above.includes(real)) throw new InstallError(`The symbolic link ${source} leads to a directory that contains it`);
  if (planning.host.at(destination) !== 'directory') makeDirectory(destination, planning);
  for (const entry of readdirSync(source, { withFileTypes: true }).sort(byName)) {
    const [from, to] = [`${source}/${entry.name}`, join(destination, entry.name)];
    if (leadsToDirectory(entry, from)) planDirectory(from, to, planning, [...above, real]);
    else planFile(from, to, planning, entry.isSymbolicLink());
  }
}

const byName = (one: Dirent, other: Dirent): number => (one.name < other.name ? -1 : 1);

function leadsToDirectory(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function planFile(source: string, destination: string, planning: FilePlanning, isLink: boolean): void {
  const { list, host, fileExistsBehavior } = planning;
  // Nothing can be in a directory that does not exist yet: no need to look.
  const found = list.makes(dirname(destination)) ? 'nothing' : host.at(destination);
  if (found === 'nothing') {
    if (isLink && !list.makes(dirname(destination)) && host.isTaken(destination))
      throw linkInTheWay(source, destination);
    list.copy(source, destination);
    return;
  }
  switch (fileExistsBehavior) {
    case 'RETAIN':
      return;
    case 'OVERWRITE':
      if (isLink) throw linkInTheWay(source, destination);
      // As `cp` does: a file that meets a directory of its name goes inside.
      list.copy(source, found === 'directory' ? join(destination, basename(source)) : destination);
      return;
    case 'DISALLOW':
      throw new InstallError(
        `The deployment failed because a specified file already exists at this location: ${destination}`,
      );
    default:
      throw new InstallError(
        `The deployment failed because an invalid option was specified for fileExistsBehavior: ${fileExistsBehavior}. Valid options include OVERWRITE, RETAIN, and DISALLOW.`,
      );
  }
}

function makeMissingAncestors(path: string, planning: FilePlanning): void {
  const parent = dirname(path);
  if (parent === path || planning.host.at(parent) === 'directory') return;
  makeMissingAncestors(parent, planning);
  makeDirectory(parent, planning);
}

function makeDirectory(path: string, { list, host }: FilePlanning): void {
  if (host.isTaken(path)) {
    throw new InstallError(
      `File exists @ dir_s_mkdir - ${path}: the AppSpec needs a directory where the host has a file. Remove the file in a BeforeInstall script, or choose another destination.`,
    );
  }
  list.mkdir(path);
}

function missingSource(source: string, { source: written, line }: FileMapping): InstallError {
  return new InstallError(
    `No such file or directory @ rb_sysopen - ${source}: the revision has no ${written}, which the files section of the AppSpec names in line ${line}. Wildcards are not expanded.`,
    { remedy: `put ${written} into the revision, or correct the path` },
  );
}

/** Writing a link never replaces what is there, whatever the file_exists_behavior. */
function linkInTheWay(source: string, destination: string): InstallError {
  return new InstallError(
    `File exists @ syserr_fail2_in - ${destination}: the revision brings the symbolic link ${basename(source)}, which cannot replace an existing file. Remove the file in a BeforeInstall script.`,
  );
}
