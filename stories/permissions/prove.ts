import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRehearsal, type Rehearsal, type StatementUse } from '../../rehearsal/index.ts';
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
  --counted     tells the story once: a grant is missed if it alone decided a call
  --speed N     rehearsed seconds per second (default 60)`;

/** Long enough for a lifecycle action to need a heartbeat. */
const EVENT_MS = 200_000;

/** The stack with the role of the instances. */
const HOSTS_STACK = 'SlipwayExampleFleet';

process.exitCode = await main();

/** @returns the exit code: 0 when the story failed without each of them */
async function main(): Promise<number> {
  const options = {
    only: { type: 'string', default: '' },
    counted: { type: 'boolean', default: false },
    speed: { type: 'string', default: '60' },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const speed = Number(values.speed);
  const assemblies = await Assemblies.create({ agentArchitectures: 'script' });
  const directory = await mkdtemp(join(tmpdir(), 'slipway-withdrawn-'));
  try {
    const whole = [await assemblies.withRevision('web-app'), await assemblies.withVersion('web-app', '2.0.0')] as const;
    const all = await grantsOf(whole[0]);
    const grants = all.filter(({ stack, name, text }) => `${stack} ${name} ${text}`.includes(values.only));
    const usesOf = await usesIn(whole, speed);
    let unmissed = 0;
    for (const [index, grant] of grants.entries()) {
      const startedAt = Date.now();
      const { calls = 0, callsAlone = 0 } = usesOf(grant) ?? {};
      const counted = callsAlone > 0 ? `${calls} calls, ${callsAlone} by it alone` : undefined;
      const mayBeMissed = calls > 0 || grant.stack === HOSTS_STACK;
      const without = join(directory, String(index));
      const failure = values.counted || !mayBeMissed ? counted : await withoutGrant(grant, whole, without, speed);
      if (failure === undefined) unmissed += 1;
      console.log(row(grant, failure ?? '**not missed**', Date.now() - startedAt));
    }
    console.log(`\n${grants.length - unmissed} of ${grants.length} were missed.`);
    return unmissed === 0 ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
    await assemblies.remove();
  }
}

/** The assemblies that a telling deploys: one, and the next. */
type Tellable = readonly [first: string, next: string];

/**
 * Tells the story with every grant.
 * @returns what each grant decided: what decided no call cannot be missed
 * @throws Error when the story does not end well
 */
async function usesIn(whole: Tellable, speed: number): Promise<(grant: StackGrant) => StatementUse | undefined> {
  let uses: readonly StatementUse[] = [];
  const amiss = await failureOf(whole, { speed, hosts: 'simulated' }, (rehearsal) => {
    uses = rehearsal.permissions.usage();
    console.log(`${renderUsage(uses)}\n`);
  });
  if (amiss !== undefined) throw new Error(`The story does not end well with every grant either: ${amiss}`);
  return ({ stack, counted }) =>
    uses.find((use) => use.policyId === `${stack}/${counted?.policy}` && use.index === counted?.index);
}

async function withoutGrant(
  grant: StackGrant,
  whole: Tellable,
  directory: string,
  speed: number,
): Promise<string | undefined> {
  const without = [`${directory}-first`, `${directory}-next`] as const;
  await withdraw(grant, whole[0], without[0]);
  await withdraw(grant, whole[1], without[1]);
  // Only real hosts download and write logs.
  return failureOf(without, { speed, hosts: grant.stack === HOSTS_STACK ? 'processes' : 'simulated' });
}

/** @returns why the story ends otherwise on this assembly; undefined when it ends well */
async function failureOf(
  [assembly, next]: Tellable,
  options: { speed: number; hosts: 'processes' | 'simulated' },
  onEnd?: (rehearsal: Rehearsal) => void,
): Promise<string | undefined> {
  let rehearsal: Rehearsal | undefined;
  try {
    rehearsal = await startRehearsal({ assembly, ...options, simulation: { eventMs: EVENT_MS } });
    await Promise.race([wholeTour(rehearsal, next), refusalIn(rehearsal)]);
    onEnd?.(rehearsal);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rehearsal?.stop();
  }
}

async function wholeTour(rehearsal: Rehearsal, next: string): Promise<void> {
  const executions = new Executions(rehearsal);
  await tour({ rehearsal, narrator: silentNarrator, executions, nextAssembly: Promise.resolve(next) });
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

/** A line of the table in Markdown; names are told without the account's and the session's. */
function row({ stack, name, text }: StackGrant, failure: string, ms: number): string {
  const told = failure.replace(/arn:aws:sts::\d+:assumed-role\/(\S+?)-[0-9A-Z]{12}\/\S+/, '$1').slice(0, 260);
  return `| ${stack} ${name} | ${text} | ${told.replaceAll('\n', ' ')} | ${formatDuration(ms)} |`;
}
