import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A pipe: what is written to one end is read from the other, which ends when nobody holds the first any more. */
export interface OutputPipe {
  readonly readEnd: Socket;
  /** The name it had until both ends were open. */
  readonly path: string;
  /** Descriptor to hand to a process; to be closed here once it has been handed over. */
  readonly writeEnd: number;
}

/**
 * Opens two real pipes. Node itself connects its children by sockets, which cannot be opened by name: a script that
 * writes to `/dev/stderr`, as many do, would fail under Node and nowhere else.
 */
export async function openOutputPipes(): Promise<readonly [stdout: OutputPipe, stderr: OutputPipe]> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-pipes-'));
  try {
    const [stdout, stderr] = [join(directory, 'stdout'), join(directory, 'stderr')] as const;
    // For all to open: a script may run as another user, and opens by name what it has inherited.
    await run('mkfifo', ['-m', '666', stdout, stderr]);
    return [openBothEnds(stdout), openBothEnds(stderr)];
  } finally {
    await rm(directory, { recursive: true, force: true }); // open ends live on without a name
  }
}

function openBothEnds(path: string): OutputPipe {
  // The read end first, and without waiting for a writer; the write end then finds its reader.
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeEnd = openSync(path, constants.O_WRONLY);
  return { path, readEnd: new Socket({ fd: readEnd, readable: true, writable: false }), writeEnd };
}

export function closeWriteEnds(pipes: readonly OutputPipe[]): void {
  for (const { writeEnd } of pipes) closeSync(writeEnd);
}
