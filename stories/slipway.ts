import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Rehearsal } from '../rehearsal/index.ts';

const PROGRAM = resolve(import.meta.dirname, '../cli/main.ts');

/** How a command line ended. */
export interface CommandResult {
  readonly code: number | null;
  /** Standard output, and behind it what else was said. */
  readonly output: string;
}

/** Runs `slipway` as a person does who has exported the address of a rehearsal. */
export async function slipway({ endpoint, region }: Rehearsal, ...args: readonly string[]): Promise<CommandResult> {
  const command = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, AWS_PROFILE: undefined, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((end, fail) => {
    command.on('close', end);
    command.on('error', fail);
  });
  const [out, errors, code] = await Promise.all([text(command.stdout), text(command.stderr), ended]);
  return { code, output: `${out}${errors}`.trim() };
}
