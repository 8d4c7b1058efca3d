import { closeSync, openSync, readSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import type { ScriptEnd } from './script-end.ts';

const FIRST_BYTES = 256;

/** Explains why the system did not start a program, in the words of AWS's agent and with a hint where there is one. */
export function whyNotStarted(error: NodeJS.ErrnoException, program: string): ScriptEnd {
  const [errorName = 'UNKNOWN', text = error.message] = getSystemErrorMap().get(error.errno ?? 0) ?? [];
  const message = text.charAt(0).toUpperCase() + text.slice(1);
  return { kind: 'notStarted', errorName, reason: `${message} - ${program}${hint(errorName, program)}` };
}

/** The script is there, yet "no such file": then it is its interpreter that is missing. */
function hint(errorName: string, program: string): string {
  if (errorName !== 'ENOENT') return '';
  const interpreter = /^#!\s*([^\n]*)/.exec(firstBytes(program))?.[1];
  if (interpreter === undefined) return `. Is ${program} installed?`;
  if (interpreter.endsWith('\r')) return '. The script has Windows line ends: save it with LF only.';
  return `. The interpreter of its first line, ${interpreter.trim()}, is not on this host.`;
}

function firstBytes(path: string): string {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(FIRST_BYTES);
      return buffer.toString('utf8', 0, readSync(descriptor, buffer));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}
