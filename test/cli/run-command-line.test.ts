import { expect, it } from 'vitest';
import { slipwayProcess } from './support/command-process.ts';
import { slipway } from './support/recording-terminal.ts';

it('lists its commands', async () => {
  const { code, out } = await slipway('--help');

  expect(code).toBe(0);
  expect(out.join('\n')).toMatch(/^Usage: slipway COMMAND[^]*validate {2}check a revision/);
});

it.each([[['validate', '--help']], [['help', 'validate']], [['validate', 'x', '-h']]])(
  'explains a command to %j',
  async (args) => {
    const { code, out } = await slipway(...args);

    expect(code).toBe(0);
    expect(out[0]).toBe('Usage: slipway validate DIRECTORY|BUNDLE [options]');
  },
);

it('suggests the command that was meant', async () => {
  expect(await slipway('valdiate')).toEqual({
    code: 2,
    out: [],
    err: ['slipway: there is no command valdiate; did you mean validate?', 'See slipway --help.'],
  });
});

it.each([
  [['validate', '--strikt', '.'], /^slipway validate: Unknown option '--strikt'$/],
  [['validate'], /^slipway validate: name one directory or bundle$/],
  [['validate', 'one', 'two'], /^slipway validate: name one directory or bundle$/],
  [['validate', '/no/such/place'], /^slipway validate: \/no\/such\/place does not exist$/],
  [['validate', 'package.json'], /no directory, and no \.zip, \.tar, \.tgz or \.tar\.gz$/],
])('answers the wrong command line %j with code 2', async (args, message) => {
  const { code, out, err } = await slipway(...args);

  expect({ code, out }).toEqual({ code: 2, out: [] });
  expect(err[0]).toMatch(message);
});

it('keeps result and diagnostics apart, as a process', async () => {
  const [good, bad] = await Promise.all([slipwayProcess(['--version']), slipwayProcess(['x', '--json'])]);

  expect(good).toEqual({ code: 0, out: expect.stringMatching(/^slipway \d+\.\d+\.\d+\n$/) as string, err: '' });
  expect(bad).toEqual({ code: 2, out: '', err: 'slipway: there is no command x\nSee slipway --help.\n' });
});

it('colours what it says for those who want it', async () => {
  const [plain, colourful] = await Promise.all([
    slipwayProcess(['validate', 'test/cli'], { FORCE_COLOR: undefined, NO_COLOR: '1' }),
    slipwayProcess(['validate', 'test/cli'], { FORCE_COLOR: '1' }),
  ]);

  expect(plain.out).not.toContain('\u001B[');
  expect(colourful.out).toContain('\u001B[31merror\u001B[39m');
});
