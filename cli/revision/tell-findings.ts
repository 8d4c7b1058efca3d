import type { Terminal } from '../terminal.ts';
import type { RevisionFinding } from './revision-finding.ts';

/** Whether a revision with these findings may be deployed. */
export function isValid(findings: readonly RevisionFinding[], isStrict = false): boolean {
  return !findings.some(({ severity }) => severity === 'error' || isStrict);
}

/** `appspec.yml:12:7: error: …`, as compilers do, so that editors can jump to the place. */
export function tellFindings(findings: readonly RevisionFinding[], terminal: Terminal): void {
  for (const { severity, file, line, column, message, remedy } of findings) {
    const place = [file, line, column].filter((part) => part !== null).join(':');
    const kind = terminal.style(severity === 'error' ? 'red' : 'yellow', severity);
    terminal.print(`${terminal.style('bold', place)}: ${kind}: ${message}`);
    terminal.print(`    ${remedy}`);
  }
}
