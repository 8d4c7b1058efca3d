import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startRehearsal, type Rehearsal } from '../../rehearsal/index.ts';
import { Assemblies } from '../assemblies.ts';
import { Executions } from '../executions.ts';
import { silentNarrator } from '../narrator.ts';
import { formatDuration } from '../timeline/format.ts';
import { expectNoRefusal } from './expect-no-refusal.ts';
import { renderUsage } from './render-usage.ts';
import { tour } from './tour.ts';
import { grantsOf, withdraw, type StackGrant } from './withdraw.ts';

const USAGE = `npm run permissions [-- options]

Takes one statement after the other out of the synthesized templates, and tells the story “permissions” without it. A
statement without which the story still ends well is one that nobody needs, or that the story does not reach.

  --only TEXT   only grants whose name or text contains it
  --assembly D  what cdk synth wrote (default: synthesize the app of this repository)
  --speed N     rehearsed seconds per second (default 30)`;

/** Long enough for a lifecycle action to need a heartbeat. */
const EVENT_MS = 200_000;

process.exitCode = await main();

/** @returns the exit code: 0 when the story failed without each of them */
async function main(): Promise<number> {
  const options = {
    only: { type: 'string', default: '' },
    assembly: { type: 'string' },
    speed: { type: 'string', default: '30' },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const assemblies = await Assemblies.create({ agentArchitectures: 'script' });
  const directory = await mkdtemp(join(tmpdir(), 'slipway-withdrawn-'));
  try {
    const assembly =
      values.assembly === undefined ? await assemblies.withRevision('web-app') : resolve(values.assembly);
    const grants = (await grantsOf(assembly)).filter(({ name, text }) => `${name} ${text}`.includes(values.only));
    const amiss = await failureOf(assembly, Number(values.speed), report);
    if (amiss !== undefined) throw new Error(`The story does not end well with every grant either: ${amiss}`);
    let unmissed = 0;
    for (const [index, grant] of grants.entries()) {
      const copy = join(directory, String(index));
      await withdraw(grant, assembly, copy);
      const startedAt = Date.now();
      const failure = await failureOf(copy, Number(values.speed));
      if (failure === undefined) unmissed += 1;
      console.log(row(grant, failure ?? '**not missed**', Date.now() - startedAt));
      await rm(copy, { recursive: true });
    }
    console.log(`\n${grants.length - unmissed} of ${grants.length} were missed.`);
    return unmissed === 0 ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
    await assemblies.remove();
  }
}

/** @returns why the story ends otherwise on this assembly; undefined when it ends well */
async function failureOf(
  assembly: string,
  speed: number,
  onEnd?: (rehearsal: Rehearsal) => void,
): Promise<string | undefined> {
  let rehearsal: Rehearsal | undefined;
  try {
    rehearsal = await startRehearsal({ assembly, speed, hosts: 'simulated', simulation: { eventMs: EVENT_MS } });
    await Promise.race([wholeTour(rehearsal), refusalIn(rehearsal)]);
    onEnd?.(rehearsal);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rehearsal?.stop();
  }
}

async function wholeTour(rehearsal: Rehearsal): Promise<void> {
  await tour({ rehearsal, narrator: silentNarrator, executions: new Executions(rehearsal) });
  expectNoRefusal(rehearsal);
}

/** The story would fail at its end: nobody needs to wait for it. @throws Deviation at the first refusal */
function refusalIn(rehearsal: Rehearsal): Promise<never> {
  return new Promise((_, reject) => {
    const look = (): void => {
      try {
        expectNoRefusal(rehearsal);
      } catch (error) {
        reject(error as Error);
      }
    };
    look();
    rehearsal.journal.follow(look);
  });
}

function report({ permissions }: Rehearsal): void {
  console.log(`${renderUsage(permissions.usage())}\n`);
}

/** A line of the table in Markdown; names are told without the account's and the session's. */
function row({ stack, name, text }: StackGrant, failure: string, ms: number): string {
  const told = failure.replace(/arn:aws:sts::\d+:assumed-role\/(\S+?)-[0-9A-Z]{12}\/\S+/, '$1').slice(0, 260);
  return `| ${stack} ${name} | ${text} | ${told.replaceAll('\n', ' ')} | ${formatDuration(ms)} |`;
}
