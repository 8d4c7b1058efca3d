import { setTimeout as pause } from 'node:timers/promises';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { explanationOf } from '../connection/explain.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import type { Terminal } from '../terminal.ts';
import type { FollowEnd } from './follow.ts';
import { follow } from './follow.ts';
import { Observer } from './observer.ts';
import { screenFor } from './screen.ts';

export interface FollowOptions {
  readonly json: boolean;
  /** Longest time to watch, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Options of commands that follow a deployment. */
export const FOLLOW_OPTIONS = {
  json: { type: 'boolean', default: false },
  timeout: { type: 'string' },
} as const;

/** @throws UsageError */
export function readFollowOptions(values: { json: boolean; timeout?: string | undefined }): FollowOptions {
  if (values.timeout === undefined) return { json: values.json };
  const seconds = Number(values.timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout ${values.timeout} is no time: give seconds`);
  return { json: values.json, timeoutMs: seconds * 1000 };
}

/** What `--help` says of them. */
export const FOLLOW_USAGE = `      --timeout SECONDS    watch no longer than that; the deployment goes on
      --json               one JSON object per line and change`;

/** Shows a deployment until it ends; the exit code is its verdict. Ctrl-C ends the watching, not the deployment. */
export async function followDeployment(
  client: CodeDeployClient,
  deploymentId: string,
  { json, timeoutMs }: FollowOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const observer = new Observer(client, deploymentId);
  const { interrupt, release } = stopOnSignals();
  const screen = screenFor(terminal, json);
  try {
    const watch = {
      interrupt,
      look: () => observer.look(),
      now: Date.now,
      pause: (ms: number) => pause(ms, undefined, { signal: interrupt }).catch(() => undefined),
    };
    const end = await follow(watch, screen.show, timeoutMs);
    screen.close();
    return conclude(end, deploymentId, terminal);
  } finally {
    release();
    screen.close();
  }
}

function conclude(end: FollowEnd, deploymentId: string, terminal: Terminal): ExitCode {
  const goesOn = `${deploymentId} goes on; see it again with: slipway status ${deploymentId} --follow`;
  switch (end.kind) {
    case 'ended':
      return end.last.deployment.status === 'Succeeded' ? EXIT.ok : EXIT.failed;
    case 'interrupted':
      terminal.note(`No longer watching. ${goesOn}`);
      return EXIT.interrupted;
    case 'overdue':
      terminal.note(`Not ended in time. ${goesOn}`);
      return EXIT.lost;
    case 'lost':
      return lost(end.error, deploymentId, goesOn, terminal);
  }
}

function lost(error: unknown, deploymentId: string, goesOn: string, terminal: Terminal): ExitCode {
  const reason = explanationOf(error);
  if (reason === undefined) throw error;
  if (error instanceof Error && error.name === 'DeploymentDoesNotExistException') {
    terminal.note(`There is no deployment ${deploymentId}: ${reason}`);
    return EXIT.failed;
  }
  terminal.note(`Lost sight of the deployment: ${reason}`);
  terminal.note(goesOn);
  return EXIT.lost;
}
