import { parseArgs } from 'node:util';
import { Assemblies } from '../assemblies.ts';
import { formatDuration } from '../timeline/format.ts';
import { countChapter, keyOf } from './census.ts';
import { CHAPTERS } from './chapters/index.ts';
import { renderOutcomes, row } from './render-outcomes.ts';
import { type Outcome, outcomeOf, ResultsFile } from './results.ts';
import { type Assembled, tellChapter } from './tell-chapter.ts';
import { grantsOf, type StackGrant } from './withdraw.ts';

const USAGE = `npm run permissions [-- options]

Takes one statement after the other out of the synthesized templates, and tells the chapter without it in which it
decides a call soonest. A statement without which the chapter still ends well is one that nobody needs, or that no
chapter reaches.

  --only TEXT       only grants whose name or text contains it
  --chapter NAME    tells one chapter with every grant, and nothing else
  --counted         tells each chapter once with every grant, and none without
  --results FILE    remembers there what came of it, and leaves out what is known there already
  --markdown        tells nothing: what is known in the results as tables`;

/** A chapter that goes another way this time may do without; the next may not. */
const MOST_CHAPTERS = 2;

process.exitCode = await main();

/** @returns the exit code: 0 when a chapter failed without each of them */
async function main(): Promise<number> {
  const options = {
    only: { type: 'string', default: '' },
    chapter: { type: 'string' },
    counted: { type: 'boolean', default: false },
    results: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const file = await ResultsFile.open(values.results);
  const assemblies = await Assemblies.create({ agentArchitectures: 'script' });
  try {
    const first = await assemblies.withRevision('web-app');
    const all = await grantsOf(first);
    if (values.markdown) {
      console.log(renderOutcomes(all, file.results));
      return 0;
    }
    const assembled = { first, next: await assemblies.withVersion('web-app', '2.0.0') };
    if (values.chapter !== undefined) return await tellOne(values.chapter, assembled);
    await countChapters(assembled, file);
    const grants = all.filter(({ stack, name, text }) => `${stack} ${name} ${text}`.includes(values.only));
    if (!values.counted) await withdrawEach(grants, assembled, file);
    return conclude(grants, file, values.counted);
  } finally {
    await assemblies.remove();
  }
}

async function tellOne(name: string, assembled: Assembled): Promise<number> {
  const chapter = CHAPTERS.find((each) => each.name === name);
  if (!chapter)
    throw new Error(`There is no chapter “${name}”. There are ${CHAPTERS.map((each) => each.name).join(', ')}.`);
  const startedAt = Date.now();
  const failure = await tellChapter(chapter, { assembled });
  console.log(`${failure ?? 'It ends well'} (${formatDuration(Date.now() - startedAt)})`);
  return failure === undefined ? 0 : 1;
}

async function countChapters(assembled: Assembled, file: ResultsFile): Promise<void> {
  for (const chapter of CHAPTERS) {
    const { census, chapters } = file.results;
    if (chapters[chapter.name] !== undefined) continue;
    const startedAt = Date.now();
    const counted = await countChapter(chapter, assembled, census);
    const wallMs = Date.now() - startedAt;
    await file.note({ census: counted, chapters: { ...chapters, [chapter.name]: wallMs } });
    console.log(`${chapter.name}: ends well with every grant (${formatDuration(wallMs)})`);
  }
}

async function withdrawEach(grants: readonly StackGrant[], assembled: Assembled, file: ResultsFile): Promise<void> {
  for (const grant of grants) {
    const key = keyOf(grant);
    if (outcomeOf(file.results, grant)?.failure !== undefined) continue;
    for (const { chapter } of file.results.census[key]?.decisions.slice(0, MOST_CHAPTERS) ?? []) {
      const outcome = await withoutGrant(grant, chapter, assembled);
      await file.note({ outcomes: { [key]: outcome } });
      console.log(row(grant, outcome));
      if (outcome.failure !== undefined) break;
    }
  }
}

async function withoutGrant(withdrawn: StackGrant, name: string, assembled: Assembled): Promise<Outcome> {
  const chapter = CHAPTERS.find((each) => each.name === name);
  if (!chapter) throw new Error(`The results know a chapter “${name}”, which is no more: begin with other results`);
  const startedAt = Date.now();
  const failure = await tellChapter(chapter, { assembled, withdrawn });
  return {
    text: withdrawn.text,
    chapter: name,
    wallMs: Date.now() - startedAt,
    ...(failure !== undefined && { failure }),
  };
}

function conclude(grants: readonly StackGrant[], { results }: ResultsFile, isCounted: boolean): number {
  const { census } = results;
  const decides = (grant: StackGrant): boolean => (census[keyOf(grant)]?.decisions.length ?? 0) > 0;
  const isMissed = (grant: StackGrant): boolean =>
    isCounted ? decides(grant) : outcomeOf(results, grant)?.failure !== undefined;
  const unmissed = grants.filter((grant) => !isMissed(grant));
  for (const { stack, name, text } of unmissed) console.log(`not missed: ${stack} ${name}: ${text}`);
  for (const grant of grants) {
    const idle = census[keyOf(grant)]?.unused ?? [];
    if (decides(grant) && idle.length > 0) console.log(`never asked for: ${grant.name}: ${idle.join(', ')}`);
  }
  console.log(`\n${grants.length - unmissed.length} of ${grants.length} grants are missed.`);
  return unmissed.length === 0 ? 0 : 1;
}
