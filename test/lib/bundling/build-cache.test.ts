import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BuildCache } from '../../../lib/bundling/build-cache.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A cache, and what lies in its directory. */
function aCache() {
  const directory = temporaryDirectory('slipway-cache-');
  const names = (): string[] => readdirSync(directory, { recursive: true }).map(String).sort();
  return { cache: new BuildCache(directory), names, directory };
}

describe('a cache of builds', () => {
  it('makes a file once', () => {
    const { cache } = aCache();
    let made = 0;
    const make = (file: string): void => writeFileSync(file, `build ${++made}`);

    const files = [cache.file('agent', 'abc', make), cache.file('agent', 'abc', make)];

    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['build 1', 'build 1']);
  });

  it('keeps nothing of a build that failed halfway', () => {
    const { cache, names } = aCache();
    const failing = (file: string): void => {
      writeFileSync(file, 'half of');
      throw new Error('no space left');
    };

    expect(() => cache.file('agent', 'abc', failing)).toThrow('no space left');
    expect(names()).toEqual(['agent']);
  });

  it('shows a file only when it is complete', () => {
    const { cache, names } = aCache();
    let during: string[] = [];

    cache.file('agent', 'abc', (file) => {
      writeFileSync(file, 'half of');
      during = names();
    });

    expect(during).not.toContain(join('agent', 'abc'));
    expect(names()).toEqual(['agent', join('agent', 'abc')]);
  });

  it('keeps the four of a family that were used last', () => {
    const { cache, names, directory } = aCache();
    const make = (file: string): void => writeFileSync(file, '');
    for (const [age, version] of ['1', '2', '3', '4'].entries()) {
      const seconds = 1_000_000 + age;
      utimesSync(cache.file('agent', version, make), seconds, seconds);
    }
    cache.file('other', '1', make);

    cache.file('agent', '1', make);
    cache.file('agent', '5', make);

    expect(names().filter((name) => name.startsWith('agent/'))).toEqual(['1', '3', '4', '5'].map((n) => `agent/${n}`));
    expect(readdirSync(join(directory, 'other'))).toEqual(['1']);
  });
});
