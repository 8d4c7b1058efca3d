import type { Command } from '../command.ts';
import { runProgram } from '../run-program.ts';

const USAGE = `Usage: slipway rehearse [options]

Tells the story of a fleet on this machine, as npm start does: launches and
terminations, well and badly, with their timeline and what they would have cost.

      --speed N         rehearsed seconds per second (default 60)
      --aws-agent DIR   with AWS's own agent, a checkout of it
      --json            the story as data

Exit codes: 0 all as promised, 1 not so, 2 the command line is wrong, 130 interrupted`;

/** `slipway rehearse`: the story of `npm start`. */
export const rehearse: Command = {
  usage: USAGE,
  run: (args) => runProgram('stories/main.ts', args),
};
