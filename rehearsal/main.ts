import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine, USAGE, type UpOptions } from './command-line.ts';
import { deployOnEnter } from './deploy-on-enter.ts';
import { narrate, welcome } from './narration.ts';
import { startRehearsal } from './rehearsal.ts';
import { synthesize } from './synthesize.ts';

/** `npm run up`: the cloud of this repository's app, until Ctrl-C. */
async function up({ assembly, agent, ...options }: UpOptions, interrupted: Promise<void>): Promise<void> {
  let windingDown = false;
  const synthesized = assembly === undefined ? await mkdtemp(join(tmpdir(), 'slipway-assembly-')) : undefined;
  const synthesizeApp = async (): Promise<void> => {
    if (synthesized === undefined) return;
    console.log('Synthesizing the app …');
    await synthesize(synthesized, {
      agentArchitectures: agent,
      ...(options.awsAgent !== undefined && { hostAgent: 'aws' }),
    });
  };
  const directory = assembly ?? synthesized ?? '';
  try {
    await synthesizeApp();
    const rehearsal = await startRehearsal({
      ...options,
      assembly: directory,
      onEntry: (entry) => {
        const line = windingDown ? undefined : narrate(entry);
        if (line !== undefined) console.log(line);
      },
    });
    console.log(welcome(rehearsal));
    const stopListening = deployOnEnter(
      async () => {
        await synthesizeApp();
        await rehearsal.deploy(directory);
      },
      (line) => {
        console.log(line);
      },
    );
    await interrupted;
    stopListening();
    windingDown = true;
    console.log('\nWinding down …');
    await rehearsal.stop();
  } finally {
    if (synthesized !== undefined) await rm(synthesized, { recursive: true, force: true });
  }
}

/** The first signal ends the cloud in order; a second one ends it at once. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
    }
  });
}

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options === 'help') console.log(USAGE);
  else await up(options, interruption());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
