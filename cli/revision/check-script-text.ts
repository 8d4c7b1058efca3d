import type { Finding } from '../../core/app-spec/index.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** What keeps a script from starting, or starts it otherwise than it seems. Programs that are no text pass. */
export function* checkScriptText(content: Buffer): Generator<Finding> {
  if (content.includes(0)) return;
  const lines = content.toString('utf8').split('\n');
  const [first = ''] = lines;
  if (first.startsWith(BYTE_ORDER_MARK)) {
    const message = 'The script begins with a byte order mark: its first line is not seen, and /bin/sh runs it.';
    yield warning(1, message, 'save it as UTF-8 without byte order mark');
    return;
  }
  if (!first.startsWith('#!')) {
    yield warning(1, 'The script names no interpreter: /bin/sh runs it.', 'begin it with a line such as #!/bin/bash');
  } else if (first.endsWith('\r')) {
    const message =
      'The first line has a Windows line end: there is no interpreter of that name, and the script fails to start.';
    yield { severity: 'error', line: 1, column: first.length, message, remedy: 'save it with LF line ends only' };
    return;
  }
  const line = lines.findIndex((text) => text.endsWith('\r')) + 1;
  if (line === 0) return;
  const message = 'The line has a Windows line end: a shell takes the carriage return for a part of its last word.';
  yield warning(line, message, 'save it with LF line ends only');
}

function warning(line: number, message: string, remedy: string): Finding {
  return { severity: 'warning', line, column: 1, message, remedy };
}
