import { parseArgs, styleText } from 'node:util';
import { openRehearsal } from '../rehearsal/index.ts';
import { Assemblies } from './assemblies.ts';
import { STORIES, storyNamed } from './catalogue.ts';
import { Interrupted } from './interruption.ts';
import { createNarrator, silentNarrator } from './narrator.ts';
import { renderUsage } from './permissions/render-usage.ts';
import { isPlayable, renderFidelity } from './render-fidelity.ts';
import type { Story, StoryResult } from './story.ts';
import { tellStory } from './tell-story.ts';
import { formatDuration } from './timeline/format.ts';

const USAGE = `npm start [-- [STORY] [--speed N] [--throttles] [--fidelity] [--aws-agent DIR] [--permissions] [--json]]

Rehearses Slipway on this machine.
${STORIES.map(({ name, summary }) => `  ${name.padEnd(16)}  ${summary}`).join('\n')}

  --speed N         rehearsed seconds per second (default 60 or the story’s own, with --aws-agent 20; 1 is real time)
  --throttles       AWS's quotas hold: on calls, state transitions and functions at once (docs/rehearsal.md)
  --aws-agent DIR   with AWS's own agent in place of ours: a checkout of its version 1.8 (docs/aws-agent.md)
  --fidelity        no story: what a rehearsal makes of each property of the templates, and which operations it answers
  --permissions     what the templates grant and the story did not need
  --json            the story as data on standard output, nothing else
`;

interface CommandLine {
  readonly story: Story;
  readonly speed: number;
  readonly json: boolean;
  readonly permissions: boolean;
  readonly throttles: boolean;
  readonly fidelity: boolean;
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
    return options.fidelity ? await showFidelity(options) : await tell(options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof Interrupted ? 130 : 1;
  }
}

/** @returns undefined when only help is asked for, and a text that says what is wrong */
function readCommandLine(commandLine: readonly string[]): CommandLine | string | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: {
        speed: { type: 'string' },
        json: { type: 'boolean', default: false },
        permissions: { type: 'boolean', default: false },
        throttles: { type: 'boolean', default: false },
        fidelity: { type: 'boolean', default: false },
        'aws-agent': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const [name, ...others] = positionals;
    const story = name === undefined ? STORIES[0] : storyNamed(name);
    if (!story) return `There is no story “${name}”. There are ${STORIES.map((each) => each.name).join(', ')}.`;
    if (others.length > 0) return `One story at a time, not also ${others.join(', ')}.`;
    const awsAgent = values['aws-agent'];
    if (!story.bearsAwsAgent && awsAgent !== undefined) return `--aws-agent is not for the story “${story.name}”.`;
    // AWS's agent works longer between two waits, so that its work would fill hours of a faster clock.
    const speed = Number(values.speed ?? (awsAgent === undefined ? (story.speed ?? 60) : 20));
    if (!(speed >= 1)) return `--speed ${values.speed} is not a number of at least 1.`;
    return {
      story,
      speed,
      json: values.json,
      permissions: values.permissions,
      throttles: values.throttles,
      fidelity: values.fidelity,
      awsAgent,
    };
  } catch (error) {
    return (error as Error).message;
  }
}

async function tell({ story, speed, json, permissions, throttles, awsAgent }: CommandLine): Promise<number> {
  const narrator = json ? silentNarrator : createNarrator(process.stdout);
  narrator.heading(
    `Slipway rehearsal: ${speed === 1 ? 'in real time' : `time runs ${speed} times faster, work does not`}`,
  );
  const result = await tellStory(story, {
    speed,
    narrator,
    throttles: throttles ? 'aws' : 'none',
    ...(awsAgent !== undefined && { awsAgent }),
  });
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : conclusion(story, result, permissions));
  return result.failure === undefined ? 0 : 1;
}

/** What a rehearsal of the story's app would honour. @returns 1 when something in it could not be rehearsed */
async function showFidelity({ story, json }: CommandLine): Promise<number> {
  const assemblies = await Assemblies.create({ ...story.settings, agentArchitectures: '' }, story.app);
  const rehearsal = await openRehearsal({ hosts: 'simulated' });
  try {
    const fidelity = await rehearsal.fidelity(await assemblies.withRevision(story.revision ?? 'web-app'));
    process.stdout.write(`${json ? JSON.stringify(fidelity, null, 2) : renderFidelity(fidelity)}\n`);
    return isPlayable(fidelity) ? 0 : 1;
  } finally {
    await rehearsal.stop();
    await assemblies.remove();
  }
}

function conclusion(story: Story, result: StoryResult, permissions: boolean): string {
  const { failure, startedAt, endedAt, wallMs } = result;
  const warnings = [...new Set(result.warnings)].map((warning) => `${styleText('yellow', 'Warning')}: ${warning}`);
  const verdict =
    failure === undefined
      ? styleText(
          'green',
          `All as promised: ${formatDuration(endedAt - startedAt)} rehearsed in ${formatDuration(wallMs)}.`,
        )
      : styleText('red', `Not as promised: ${failure}`);
  const usage = permissions ? renderUsage(result.permissions) : '';
  const parts = [story.report?.(result) ?? '', usage, ...warnings, verdict].filter((part) => part !== '');
  return `\n${parts.join('\n\n')}\n`;
}
