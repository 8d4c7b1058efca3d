import type { Terminal } from '../terminal.ts';

/** What the engine found, as it tells it. */
export interface Examination {
  readonly examined: { readonly autoScalingGroups: number; readonly deploymentGroups: number };
  /** What is not as it should be; after mending, what still is not. */
  readonly findings: readonly Finding[];
  /** What was to be mended; missing where nobody asked for it. */
  readonly mended?: readonly (Finding & { readonly failure?: string })[];
}

interface Finding {
  /** The kind of finding: `HookMissing`. */
  readonly name: string;
  readonly problem: string;
  readonly remedy: string;
  /** Whether `--fix` mends it. */
  readonly canBeMended: boolean;
}

/** An examination in words. */
export function doctorReport(
  { examined, findings, mended = [] }: Examination,
  terminal: Pick<Terminal, 'style'>,
): string {
  const looked = `${counted(examined.autoScalingGroups, 'Auto Scaling group')}, ${counted(examined.deploymentGroups, 'deployment group')}`;
  return [
    ...mended.map(({ name, problem, failure }) =>
      failure === undefined
        ? `${terminal.style('green', 'mended')} ${name}\n  ${problem}`
        : `${terminal.style('red', 'not mended')} ${name}\n  ${problem}\n  ${failure}`,
    ),
    ...findings.map(({ name, problem, remedy }) => `${terminal.style('red', name)}\n  ${problem}\n  → ${remedy}`),
    findings.length === 0 ? `${looked}: all is well` : `${looked}: ${counted(findings.length, 'finding')}`,
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
