import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppSpecError, checkAppSpec, parseAppSpec } from '../../../core/app-spec/index.ts';

/** More for a night's run: FUZZ_RUNS=20000. */
const settings = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1000), seed: 20_260_219 };

function isReadOrRefused(text: string): void {
  const { appSpec, findings } = checkAppSpec(text);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const lines = text.split(/\r\n|\r|\n/).length;
  try {
    expect(parseAppSpec(text)).toEqual(appSpec);
    expect(errors).toEqual([]);
  } catch (error) {
    if (!(error instanceof AppSpecError)) throw error;
    expect(errors.map(({ message }) => message)).toContain(error.message);
  }
  expect(findings.filter(({ line, column }) => line < 1 || line > lines || column < 1)).toEqual([]);
}

it('any text is read or refused with a line of it', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), isReadOrRefused), settings);
});

it('any YAML-like text is read or refused', () => {
  const piece = fc.constantFrom(
    ...[
      'version: 0.0',
      'os: linux',
      'files:',
      'hooks:',
      'permissions:',
      '  - ',
      '    ',
      '\n',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
    ],
    ...['source: /', 'destination: /x', 'location: a.sh', 'timeout: 5', 'mode: 0644', 'acls: [u:a:rwx]', 'object: /a'],
    ...[
      'context: {type: t, range: s0}',
      '&a ',
      '*a',
      '!!binary ',
      '!x ',
      '| ',
      '> ',
      '"',
      "'",
      '#',
      '---\n',
      '? ',
      '<<: ',
      '\t',
    ],
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => `version: 0.0\nos: linux\n${pieces.join('')}`);

  fc.assert(fc.property(text, isReadOrRefused), settings);
});

it('any JSON in the place of a section is read or refused', () => {
  const section = fc.constantFrom('files', 'permissions', 'hooks', 'file_exists_behavior');

  fc.assert(
    fc.property(section, fc.jsonValue(), (name, value) => {
      isReadOrRefused(`version: 0.0\nos: linux\n${name}: ${JSON.stringify(value)}`);
    }),
    settings,
  );
});
