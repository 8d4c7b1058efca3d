import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOSTS = dirname(dirname(fileURLToPath(import.meta.url)));
const CLOCK_PRELOAD = join(HOSTS, 'clock-preload.cjs');
const RUBY_CLOCK_PRELOAD = join(HOSTS, 'clock-preload.rb');
const SYSTEM_PROGRAM = /^\/(usr\/(local\/)?)?s?bin\/[^/]+$/;

/** Programs that every machine of a rehearsal finds first on its PATH. */
export interface MachineImage {
  /** In PATH order. */
  readonly directories: readonly string[];
  /** A checkout of AWS's agent, for machines that install it. */
  readonly awsAgent: string | undefined;
  /** `NODE_OPTIONS` for programs that are not started by the image's node. */
  readonly nodeOptions: string;
  /** `/usr/bin/node` means the image's node; a program that the image does not replace is itself. */
  program(path: string): string;
}

/**
 * Prepares the image: the tools of `image/bin`, and what lives in rehearsed time: a `node` that is the rehearsal's own,
 * and this system's `ruby` if it has one.
 * Written synchronously: a file that is open for writing while another program starts could not be executed.
 * @param directory a directory for this rehearsal's part of the image
 */
export function createMachineImage(directory: string, awsAgent?: string): MachineImage {
  mkdirSync(directory, { recursive: true });
  // Not --import: with it, Node refuses a program whose file name has no extension, or an unknown one. On the command
  // line, too: a program may have NODE_OPTIONS of its own.
  const node = `#!/bin/sh\nexec ${quoted(process.execPath)} --require ${quoted(CLOCK_PRELOAD)} "$@"\n`;
  writeFileSync(join(directory, 'node'), node, { mode: 0o755 });
  const ruby = ['/usr/local/bin/ruby', '/usr/bin/ruby'].find((path) => existsSync(path));
  if (ruby !== undefined) {
    const program = `#!/bin/sh\nexec ${ruby} -r ${quoted(RUBY_CLOCK_PRELOAD)} "$@"\n`;
    writeFileSync(join(directory, 'ruby'), program, { mode: 0o755 });
  }
  const directories = [directory, join(HOSTS, 'image', 'bin')];
  return {
    directories,
    awsAgent,
    nodeOptions: `--require ${JSON.stringify(CLOCK_PRELOAD)}`,
    program: (path) => {
      if (!SYSTEM_PROGRAM.test(path)) return path;
      const replaced = directories.map((bin) => join(bin, basename(path))).find((candidate) => existsSync(candidate));
      return replaced ?? path;
    },
  };
}

/** Where a rehearsal keeps its part of the image. */
export function imageDirectory(rehearsalDirectory: string): string {
  return join(rehearsalDirectory, 'image', 'bin');
}

/** Directories of this system that the image's programs live in, or load from; modules may be elsewhere, behind a link. */
export function imageSources(rehearsalDirectory: string): string[] {
  const repository = dirname(dirname(HOSTS));
  const modules = join(repository, 'node_modules');
  return [
    imageDirectory(rehearsalDirectory),
    repository,
    ...(existsSync(modules) ? [realpathSync(modules)] : []),
    dirname(dirname(process.execPath)),
  ];
}

/** One word for a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
