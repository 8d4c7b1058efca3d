import type { Terminal } from '../terminal.ts';
import type { EventReport, Listener } from './run-deployment.ts';

/**
 * Tells a local deployment as it goes, output of scripts in front of the event that it belongs to:
 *
 *     ApplicationStart > scripts/start.sh
 *     ApplicationStart | listening on port 8080
 *     ApplicationStart ! warning: no cache
 *     ApplicationStart   Succeeded in 0.31 s
 */
export function narrator(terminal: Terminal): Listener {
  return {
    onLine(event, line) {
      const [, stream, text = ''] = /^\[(stdout|stderr)\](.*)$/s.exec(line) ?? [];
      const script = line.startsWith('Script - ') ? line.slice('Script - '.length) : undefined;
      if (stream === 'stdout') terminal.print(`${event} | ${text}`);
      else if (stream === 'stderr') terminal.print(`${event} ${terminal.style('yellow', '!')} ${text}`);
      else if (script !== undefined) terminal.print(`${event} > ${script}`);
    },
    onEnd(report) {
      terminal.print(`${report.event}   ${howItWent(report, terminal)}`);
    },
  };
}

function howItWent({ status, seconds, diagnostics }: EventReport, terminal: Terminal): string {
  if (status === 'Failed') return `${terminal.style('red', 'Failed')} after ${seconds.toFixed(2)} s`;
  if (diagnostics.message.startsWith('Succeeded: no script')) return terminal.style('dim', 'no script');
  return `${terminal.style('green', 'Succeeded')} in ${seconds.toFixed(2)} s`;
}
