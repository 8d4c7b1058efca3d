import { parseArgs, styleText } from 'node:util';
import { renderBill } from './bill/render.ts';
import { Interrupted } from './interruption.ts';
import { createNarrator, type Narrator, silentNarrator } from './narrator.ts';
import { renderRolling } from './render-rolling.ts';
import { runRolling } from './run-rolling.ts';
import { runStory, type StoryResult } from './run.ts';
import { formatDuration } from './timeline/format.ts';
import { renderTimelines } from './timeline/render.ts';

const USAGE = `npm start [-- [STORY] [--speed N] [--aws-agent DIR] [--json]]

Rehearses Slipway on this machine.
  fleet             one fleet, launches and terminations, well and badly (the story when none is named)
  rolling           six hosts behind a load balancer get another revision while a client never stops asking

  --speed N         rehearsed seconds per second (default 60, with --aws-agent 20; 1 is real time)
  --aws-agent DIR   with AWS's own agent in place of ours: a checkout of its version 1.8 (docs/aws-agent.md)
  --json            the story as data on standard output, nothing else
`;

const STORIES = ['fleet', 'rolling'] as const;

interface StoryOptions {
  readonly story: (typeof STORIES)[number];
  readonly speed: number;
  readonly json: boolean;
  readonly awsAgent: string | undefined;
}

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 0 as promised, 1 otherwise, 2 for a command line that makes no sense, 130 when interrupted */
async function main(commandLine: readonly string[]): Promise<number> {
  const options = readCommandLine(commandLine);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${USAGE}`);
    return 2;
  }
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    return await tell(options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof Interrupted ? 130 : 1;
  }
}

/** @returns undefined when only help is asked for, and a text that says what is wrong */
function readCommandLine(commandLine: readonly string[]): StoryOptions | string | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: {
        speed: { type: 'string' },
        json: { type: 'boolean', default: false },
        'aws-agent': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const [name = 'fleet', ...others] = positionals;
    const story = STORIES.find((each) => each === name);
    if (!story) return `There is no story “${name}”: name ${STORIES.join(' or ')}.`;
    if (others.length > 0) return `One story at a time, not also ${others.join(', ')}.`;
    const awsAgent = values['aws-agent'];
    if (story === 'rolling' && awsAgent !== undefined) return '--aws-agent is of the story fleet only.';
    // AWS's agent works longer between two waits, so that its work would fill hours of a faster clock.
    const speed = Number(values.speed ?? (awsAgent === undefined ? 60 : 20));
    if (!(speed >= 1)) return `--speed ${values.speed} is not a number of at least 1.`;
    return { story, speed, json: values.json, awsAgent };
  } catch (error) {
    return (error as Error).message;
  }
}

async function tell({ story, speed, json, awsAgent }: StoryOptions): Promise<number> {
  const narrator = json ? silentNarrator : createNarrator(process.stdout);
  narrator.heading(
    `Slipway rehearsal: ${speed === 1 ? 'in real time' : `time runs ${speed} times faster, work does not`}`,
  );
  if (story === 'rolling') return tellRolling({ speed, json, narrator });
  const result = await runStory({ speed, narrator, ...(awsAgent !== undefined && { awsAgent }) });
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else print(result);
  return result.failure === undefined ? 0 : 1;
}

async function tellRolling(options: { speed: number; json: boolean; narrator: Narrator }): Promise<number> {
  const result = await runRolling(options);
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderRolling(result));
  return result.failure === undefined ? 0 : 1;
}

function print(result: StoryResult): void {
  const { failure, warnings } = result;
  const write = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  write(`\n${styleText('bold', 'Timeline')} (minutes and seconds of rehearsed time)\n`);
  write(renderTimelines(result.timelines, result.startedAt));
  write(`\n${styleText('bold', 'Bill')} (what this story would have cost on AWS, us-east-1 list prices)\n`);
  write(renderBill(result.bill));
  for (const warning of new Set(warnings)) write(`\n${styleText('yellow', 'Warning')}: ${warning}`);
  const rehearsed = formatDuration(result.endedAt - result.startedAt);
  write('');
  if (failure === undefined) {
    write(styleText('green', `All as promised: ${rehearsed} rehearsed in ${formatDuration(result.wallMs)}.`));
  } else {
    write(styleText('red', `Not as promised: ${failure}`));
  }
}
