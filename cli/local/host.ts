import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEFAULT_CONFIG_FILE } from '../../agent/config/agent-config.ts';
import type { HostConfig } from '../../agent/config/agent-config.ts';
import { AgentConfigError, parseHostConfig } from '../../agent/config/parse-config.ts';
import type { Place } from '../../agent/config/staging.ts';
import { stagingBelow } from '../../agent/config/staging.ts';
import { LocalError } from './local-error.ts';

export interface HostOptions {
  readonly configFile: string | undefined;
  /** Where revisions and records of deployments are kept. */
  readonly root: string | undefined;
  /** Takes the place of `/`. */
  readonly destdir: string | undefined;
}

/** This machine, as a host for a local deployment. */
export interface LocalHost {
  readonly config: HostConfig;
  readonly place: Place;
  readonly root: string;
  /** As the agent's own: `/`, or what takes its place. */
  readonly workingDirectory: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The root is the one asked for, else the agent's. Who is not root and has no agent's configuration keeps deployments
 * below `$XDG_STATE_HOME` (`~/.local/state`).
 * @throws LocalError
 */
export function localHost({ configFile, root, destdir }: HostOptions, env: NodeJS.ProcessEnv): LocalHost {
  const place = stagingBelow(destdir === undefined ? undefined : resolve(destdir));
  if (destdir !== undefined) mkdirSync(destdir, { recursive: true });
  const file = configFile ?? place(DEFAULT_CONFIG_FILE);
  const hasConfig = configFile !== undefined || existsSync(file);
  const config = readConfig(hasConfig ? file : undefined, place);
  const ownRoot = hasConfig || destdir !== undefined || process.getuid?.() === 0 ? config.rootDir : stateDirectory(env);
  return {
    config,
    place,
    root: root === undefined ? ownRoot : resolve(root),
    workingDirectory: place('/'),
    env: destdir === undefined ? env : { ...env, DESTDIR: resolve(destdir) },
  };
}

function readConfig(file: string | undefined, place: Place): HostConfig {
  try {
    return parseHostConfig(file === undefined ? '' : readFileSync(file, 'utf8'), place);
  } catch (error) {
    if (!(error instanceof AgentConfigError)) {
      throw new LocalError(`configuration file ${file} does not exist or is not readable`, { cause: error });
    }
    throw new LocalError(`configuration file ${file}: ${error.message}`, { cause: error });
  }
}

function stateDirectory(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'slipway', 'deployment-root');
}
