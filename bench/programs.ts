import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(import.meta.dirname, '..');

/** Tells the story that reaches what the engine may do. @returns how much of it was needed, in a line */
export async function measurePermissions(): Promise<string[]> {
  const lines = await linesOf(['stories/main.ts', 'permissions']);
  return lines.filter((line) => line.startsWith('Permissions:')).map((line) => `  ${line}`);
}

/** Lives lives under faults. @returns how many a minute, and how often each fault came */
export async function measureChaos(isShort: boolean): Promise<string[]> {
  const lines = await linesOf(['chaos/main.ts', '--lives', isShort ? '20' : '500']);
  return lines.map((line) => `  ${line}`);
}

/** What a program of this repository prints. @throws Error when it fails: what it measures is not right then */
async function linesOf(program: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, program, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, code] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  if (code !== 0) throw new Error(`${program.join(' ')} failed (exit code ${code}):\n${output}`);
  return output.split('\n').filter((line) => line !== '');
}
