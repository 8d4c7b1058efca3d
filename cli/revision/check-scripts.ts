import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isHookEvent } from '../../agent/hook-scripts/lifecycle-events.ts';
import type { AppSpec, Finding, HookScript } from '../../core/app-spec/index.ts';
import { leavesTheRevision } from '../../core/app-spec/index.ts';
import { checkScriptText } from './check-script-text.ts';

const LARGEST_SCRIPT_BYTES = 1024 * 1024;

export interface ScriptFinding {
  readonly finding: Finding;
  /** Path of the script inside the revision, when the finding is about a line of it and not of the AppSpec. */
  readonly script?: string;
}

/** Checks the hook scripts of all events that are ever run; a script that serves several of them once. */
export function* checkScripts({ hooks }: AppSpec, directory: string): Generator<ScriptFinding> {
  const seen = new Set<string>();
  for (const [event, scripts] of hooks) {
    if (!isHookEvent(event)) continue;
    for (const script of scripts) {
      const path = join(directory, script.location);
      const problem = leavesTheRevision(script.location) ? leadsOut(script) : checkFile(path, script);
      if (problem) yield { finding: problem };
      if (problem?.severity === 'error' || leavesTheRevision(script.location) || seen.has(path)) continue;
      seen.add(path);
      for (const finding of checkContent(path)) yield { finding, script: script.location.replace(/^\/+/, '') };
    }
  }
}

function checkFile(path: string, script: HookScript): Finding | undefined {
  const { location } = script;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) {
    const remedy = /\s/.test(location)
      ? 'name the script alone: a location takes no arguments'
      : 'put the script into the revision, or correct the path, which begins at its root';
    return finding('error', script, `Script does not exist at specified location: ${location}`, remedy);
  }
  if ((found.mode & 0o111) === 0) {
    const message = `The script ${location} is not executable. The agent makes it so and says so in its log.`;
    return finding('warning', script, message, `chmod +x ${location} before bundling`);
  }
  if (/[^\w./@%+=:,-]/.test(location)) {
    const message = `The location ${location} holds a character that means something to a shell: AWS's agent cannot start it.`;
    return finding('warning', script, message, 'use letters, digits, dots, dashes and underscores only');
  }
  return undefined;
}

function checkContent(path: string): Iterable<Finding> {
  return statSync(path).size > LARGEST_SCRIPT_BYTES ? [] : checkScriptText(readFileSync(path));
}

function leadsOut(script: HookScript): Finding {
  const message = `The location ${script.location} leads out of the revision: what it means depends on the host.`;
  return finding('warning', script, message, 'name a script inside the revision, without ".."');
}

function finding(
  severity: Finding['severity'],
  { line, column }: HookScript,
  message: string,
  remedy: string,
): Finding {
  return { severity, line, column, message, remedy };
}
