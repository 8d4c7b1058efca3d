import { runCommandLine } from '../../../cli/run-command-line.ts';

export interface Said {
  readonly code: number;
  /** Lines of the result. */
  readonly out: readonly string[];
  /** Lines about the work. */
  readonly err: readonly string[];
}

/** Runs a command line in this process and keeps what it says. */
export async function slipway(...args: readonly string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommandLine(args, {
    print: (line) => out.push(...line.split('\n')),
    note: (line) => err.push(...line.split('\n')),
    style: (_style, text) => text,
  });
  return { code, out, err };
}
