import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { callEngine } from '../connection/engine-call.ts';
import { explained } from '../connection/explain.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { storyReport, type ToldStory } from '../describing/story-report.ts';
import { readArguments } from '../read-arguments.ts';

const USAGE = `Usage: slipway explain INSTANCE|DEPLOYMENT [options]

Tells the whole story of a host, or of the hosts of a deployment, in order:
Auto Scaling's notices and activities, the engine's decisions with their
reasons, lifecycle events with the output of scripts that failed, heartbeats,
and the outcome.

      --json               print the entries as JSON
${CONNECTION_USAGE}

Exit codes: 0 told, 1 there is nothing on record, 2 the command line is wrong`;

/** `slipway explain`: why did this happen? */
export const explain: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      ...CONNECTION_OPTIONS,
      json: { type: 'boolean', default: false },
    });
    const [subject, ...others] = positionals;
    if (subject === undefined || others.length > 0) throw new UsageError('name one instance, or one deployment');
    const story = await explained(() => callEngine<ToldStory>(values, 'Explain', { subject }));
    if (values.json) terminal.print(JSON.stringify(story));
    else for (const line of storyReport(story, terminal)) terminal.print(line);
    return EXIT.ok;
  },
};
