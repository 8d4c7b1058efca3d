import type { Command } from '../command.ts';
import { runProgram } from '../run-program.ts';

const USAGE = `Usage: slipway up [options]

Plays what cdk synth wrote on this machine, as npm run up does, until Ctrl-C. Any
AWS client works against it, and so does every command of slipway.

      --assembly DIR    what cdk synth wrote (default: synthesize this repository's app)
      --port N          where it listens on loopback (default 4580)
      --speed N         how many times faster than the wall its time passes (default 1)
      --hosts KIND      processes or simulated
      --disks KIND      overlay, directory or auto
      --aws-agent DIR   instances run AWS's own agent, a checkout of it

Exit codes: 0 ended by Ctrl-C, 1 it does not come up`;

/** `slipway up`: a rehearsal that stays. */
export const up: Command = {
  usage: USAGE,
  run: (args) => runProgram('rehearsal/main.ts', args),
};
