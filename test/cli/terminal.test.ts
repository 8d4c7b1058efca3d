import { expect, it, vi } from 'vitest';
import { processTerminal } from '../../cli/terminal.ts';

/** What a terminal receives, control sequences by name. */
function written(isTTY: boolean): { terminal: ReturnType<typeof processTerminal>; text: () => string } {
  let text = '';
  const write = (piece: string): boolean => {
    text += piece.replaceAll('\u001B[?7l', '').replaceAll('\u001B[?7h', '');
    return true;
  };
  const stream = { isTTY, rows: 24, write };
  const terminal = processTerminal({ stdout: stream, stderr: stream } as unknown as NodeJS.Process);
  return { terminal, text: () => text.replaceAll(/\u001B\[(\d)A\u001B\[0J/g, '<erase $1>') };
}

it('draws moving lines anew, below whatever is said meanwhile', () => {
  vi.stubEnv('TERM', 'xterm');
  const { terminal, text } = written(true);

  terminal.live?.draw(['one', 'two']);
  terminal.live?.draw(['three']);
  terminal.print('said');
  terminal.live?.draw([]);
  vi.unstubAllEnvs();

  expect(text()).toBe('one\ntwo\n<erase 2>three\n<erase 1>said\nthree\n<erase 1>');
});

it('moves nothing where nobody watches', () => {
  const { terminal, text } = written(false);

  terminal.print('said');

  expect(terminal.live).toBeUndefined();
  expect(text()).toBe('said\n');
});
