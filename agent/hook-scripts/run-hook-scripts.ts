import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HookScript } from '../../core/app-spec/index.ts';
import type { Log } from '../log/agent-log.ts';
import { ERROR_CODES } from '../protocol/wire.ts';
import { runScript } from './run-script.ts';
import type { RunningScript } from './running-script.ts';
import { scriptCommand } from './script-command.ts';
import { failureOf } from './script-end.ts';
import { ScriptError } from './script-error.ts';
import type { ScriptLog } from './script-log.ts';

/** What scripts need from the agent around them. */
export interface ScriptSurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** The agent's own, as with AWS's agent; not the revision's. */
  readonly workingDirectory: string;
  readonly graceMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly running?: Pick<RunningScript, 'begin' | 'end'>;
}

/**
 * Runs the scripts of a lifecycle event one after another; the first failure ends it.
 * @throws ScriptError
 */
export async function runHookScripts(
  event: string,
  { archive, scripts }: { readonly archive: string; readonly scripts: readonly HookScript[] },
  scriptLog: ScriptLog,
  surroundings: ScriptSurroundings,
): Promise<void> {
  scriptLog.add(`LifecycleEvent - ${event}`);
  for (const script of scripts) {
    scriptLog.add(`Script - ${script.location}`);
    const path = join(archive, script.location);
    requireScript(path, script, surroundings.log);
    const end = await runScript({
      ...surroundings,
      command: scriptCommand(path, script),
      timeoutMs: script.timeoutSeconds * 1000,
      onLine: (stream, line) => {
        scriptLog.add(`[${stream}]${line}`);
      },
    });
    const failure = failureOf(end, script);
    if (failure) throw failure;
  }
}

function requireScript(path: string, { location }: HookScript, log: Log): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) {
    throw new ScriptError(ERROR_CODES.SCRIPT_MISSING, location, `Script does not exist at specified location: ${path}`);
  }
  if ((found.mode & 0o111) === 0) makeExecutable(path, found.mode, location, log);
}

function makeExecutable(path: string, mode: number, location: string, log: Log): void {
  log.warn('a hook script is not executable; making it so', { script: location });
  try {
    chmodSync(path, mode | 0o111);
  } catch (cause) {
    throw new ScriptError(
      ERROR_CODES.SCRIPT_EXECUTABILITY,
      location,
      `Unable to set script at specified location: ${location} as executable`,
      { cause },
    );
  }
}
