import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { extract } from 'tar';
import type { BuildCache } from './build-cache.ts';

/** A processor, as `uname -m` and the AWS console name it where they agree. */
export type Architecture = 'x86_64' | 'arm64';

/** The same in the words of Node. */
const NODE_NAMES: Readonly<Record<Architecture, NodeJS.Architecture>> = { x86_64: 'x64', arm64: 'arm64' };

const PACKAGE = dirname(createRequire(import.meta.url).resolve('node/package.json'));

/** Version of the Node.js that this repository pins, and ships: `24.21.0`. */
export const NODE_VERSION = (JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string })
  .version;

/** The pinned Node.js of this machine, whatever else runs this process. */
export const PINNED_NODE = join(PACKAGE, 'bin/node');

/** This machine's own, if the agent's hosts could be like it. */
export function nativeArchitecture(): Architecture | undefined {
  if (process.platform !== 'linux') return undefined;
  return ARCHITECTURES.find((architecture) => NODE_NAMES[architecture] === process.arch);
}

export const ARCHITECTURES = Object.keys(NODE_NAMES) as readonly Architecture[];

/** Node for Linux on another architecture could not be had. */
export class NodeUnavailable extends Error {
  override readonly name = 'NodeUnavailable';
  readonly architecture: Architecture;

  constructor(architecture: Architecture, packageName: string, options: { cause: unknown }) {
    const { stderr, message } = options.cause as Error & { stderr?: string };
    const remedy = nativeArchitecture() ?? ARCHITECTURES.find((other) => other !== architecture);
    super(
      `npm could not fetch ${packageName}, the Node.js that the agent for ${architecture} is made of: ` +
        `${stderr?.trim() || message}\n` +
        `With a registry within reach, try again; or publish no agent for ${architecture}: -c agentArchitectures=${remedy}`,
      options,
    );
    this.architecture = architecture;
  }
}

/**
 * The pinned Node.js for Linux on this architecture: this machine's own, or what npm publishes beside it, which npm
 * checks against the registry's hash. npm itself would not install a package for a foreign processor.
 * @throws NodeUnavailable when npm cannot fetch it
 */
export function linuxNode(architecture: Architecture, cache: BuildCache): string {
  if (architecture === nativeArchitecture() && existsSync(PINNED_NODE)) return PINNED_NODE;
  const packageName = `node-linux-${NODE_NAMES[architecture]}@${NODE_VERSION}`;
  return cache.file(`node-${architecture}`, NODE_VERSION, (file) => {
    try {
      fetchProgram(packageName, file);
    } catch (cause) {
      throw new NodeUnavailable(architecture, packageName, { cause });
    }
  });
}

function fetchProgram(packageName: string, file: string): void {
  const cwd = dirname(file);
  const output = execFileSync('npm', ['pack', packageName, '--silent'], { cwd, encoding: 'utf8', stdio: 'pipe' });
  const program = 'package/bin/node';
  extract({ file: join(cwd, output.trim()), cwd, sync: true }, [program]);
  renameSync(join(cwd, program), file);
}
