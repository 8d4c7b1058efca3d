import { describe, expect, it } from 'vitest';
import { isRestarted } from '../../../rehearsal/hosts/systemd/restart.ts';
import { parseEnvironmentFile, parseServiceUnit } from '../../../rehearsal/hosts/systemd/service-unit.ts';
import { parseTimeSpan } from '../../../rehearsal/hosts/systemd/time-span.ts';
import { expandVariables, splitWords } from '../../../rehearsal/hosts/systemd/words.ts';

const service = (...lines: string[]) => parseServiceUnit(['[Unit]', 'Description=x', '[Service]', ...lines].join('\n'));

describe('A service unit', () => {
  it('says what to run, and what may fail', () => {
    const unit = service(
      'ExecStartPre=-/bin/rm -f "/run/a file"',
      'ExecStart=/usr/bin/node main.mjs \\',
      '  --verbose',
    );

    expect(unit.preCommands).toEqual([{ words: ['/bin/rm', '-f', '/run/a file'], mayFail: true }]);
    expect(unit.commands).toEqual([{ words: ['/usr/bin/node', 'main.mjs', '--verbose'], mayFail: false }]);
  });

  it('asks before it starts, as a drop-in may add', () => {
    const unit = parseServiceUnit('[Service]\nExecStart=/x\n[Install]\n\n[Service]\nExecCondition=/bin/grep -q a /b');

    expect(unit.conditions).toEqual([{ words: ['/bin/grep', '-q', 'a', '/b'], mayFail: false }]);
    expect(unit.ignored).toEqual([]);
  });

  it('has the defaults of systemd', () => {
    expect(service('ExecStart=/bin/true')).toMatchObject({
      type: 'simple',
      restart: 'no',
      restartMs: 100,
      stopTimeoutMs: 90_000,
      workingDirectory: '/',
      killMode: 'control-group',
      ignored: [],
    });
  });

  it('gathers environment from several lines, and forgets it at an empty one', () => {
    const unit = service(
      'Environment=OLD=1',
      'Environment=',
      'Environment="A=b c" D=e=f',
      'Environment=G=',
      'ExecStart=/x',
    );

    expect(unit.environment).toEqual({ A: 'b c', D: 'e=f', G: '' });
  });

  it('lets environment files be missing where they are marked so', () => {
    const unit = service('EnvironmentFile=-/etc/default/web', 'EnvironmentFile=/etc/web', 'ExecStart=/x');

    expect(unit.environmentFiles).toEqual([
      { path: '/etc/default/web', mayMiss: true },
      { path: '/etc/web', mayMiss: false },
    ]);
  });

  it('names the settings that a rehearsed machine does not play', () => {
    expect(service('User=web', 'ExecStart=/x', 'LimitNOFILE=65536').ignored).toEqual(['User', 'LimitNOFILE']);
  });

  it('that starts nothing is refused', () => {
    expect(() => service('Restart=always')).toThrow('it has no ExecStart=');
  });
});

describe('An environment file', () => {
  it('holds assignments, comments and quotes', () => {
    expect(parseEnvironmentFile('# a comment\nA=1\n\nB="two words"\n; C=3\nD=\'x=y\'\n')).toEqual({
      A: '1',
      B: 'two words',
      D: 'x=y',
    });
  });
});

describe('Words of a command', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`"a b" 'c "d"'`, ['a b', 'c "d"']],
    [String.raw`a\ b --x="y z"`, ['a b', '--x=y z']],
    [`""`, ['']],
  ])('%s', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  it.each([
    ['${A}/x', ['one two/x']],
    ['$A', ['one', 'two']],
    ['$MISSING', []],
    ['a${MISSING}b', ['ab']],
    ['$$A', ['$A']],
  ])('%s with A="one two"', (word, words) => {
    expect(expandVariables([word], { A: 'one two' })).toEqual(words);
  });
});

describe('A time span', () => {
  it.each([
    ['5', 5000],
    ['500ms', 500],
    ['1min 30s', 90_000],
    ['2h', 7_200_000],
    ['infinity', Infinity],
    ['soon', undefined],
    ['5 parsecs', undefined],
    ['', undefined],
  ])('%s is %s ms', (text, ms) => {
    expect(parseTimeSpan(text)).toBe(ms);
  });
});

describe('A service that ended by itself', () => {
  const [well, badly] = [
    { exitCode: 0, signal: null },
    { exitCode: 1, signal: null },
  ];
  const [asked, killed] = [
    { exitCode: null, signal: 'SIGTERM' as const },
    { exitCode: null, signal: 'SIGKILL' as const },
  ];

  it.each([
    ['no', [false, false, false, false]],
    ['always', [true, true, true, true]],
    ['on-success', [true, false, true, false]],
    ['on-failure', [false, true, false, true]],
    ['on-abnormal', [false, false, false, true]],
  ] as const)('is restarted by policy %s accordingly', (policy, expected) => {
    expect([well, badly, asked, killed].map((end) => isRestarted(policy, end))).toEqual(expected);
  });
});
