import { beforeEach, expect, it } from 'vitest';

import { ParameterGitHubTokens } from '../../../adapters/parameter-store/github-tokens.ts';

let kept: Map<string, string>;
let reads: string[];
let nowMs: number;
let refusal: Error | undefined;
let tokens: ParameterGitHubTokens;

beforeEach(() => {
  [kept, reads, nowMs, refusal] = [new Map([['/github/acme', 'ghp_acme']]), [], 0, undefined];
  const read = (name: string) => {
    reads.push(name);
    return refusal ? Promise.reject(refusal) : Promise.resolve(kept.get(name));
  };
  tokens = new ParameterGitHubTokens({ globex: '/github/globex', acme: '/github/acme' }, read, () => nowMs);
});

it('opens the repositories of its owner, whatever case that is written in, and no others', async () => {
  expect(await tokens.for('acme/web')).toBe('ghp_acme');
  expect(await tokens.for('Acme/shop')).toBe('ghp_acme');
  expect(await tokens.for('initech/web')).toBeUndefined();
  expect(tokens.names).toEqual(['acme', 'globex']);
});

it('is read once a minute, however many ask for it', async () => {
  await Promise.all([tokens.for('acme/web'), tokens.for('acme/shop')]);
  kept.set('/github/acme', 'ghp_new');

  expect(await tokens.for('acme/web')).toBe('ghp_acme');
  nowMs += 60_000;
  expect(await tokens.for('acme/web')).toBe('ghp_new');
  expect(reads).toEqual(['/github/acme', '/github/acme']);
});

it('that nobody put there is missed each time, until somebody does', async () => {
  await expect(tokens.for('globex/web')).rejects.toThrow(
    'put it into Parameter Store, as the SecureString /github/globex',
  );

  kept.set('/github/globex', 'ghp_globex');

  expect(await tokens.for('globex/web')).toBe('ghp_globex');
});

it('says so when it may not be read, and leaves an outage to whoever tries again', async () => {
  refusal = Object.assign(new Error('not authorized to perform kms:Decrypt'), { name: 'AccessDeniedException' });

  await expect(tokens.for('acme/web')).rejects.toMatchObject({
    name: 'GitHubTokenUnusable',
    message: expect.stringContaining('name the key that encrypts /github/acme') as string,
  });
  refusal = new Error('Rate exceeded');
  await expect(tokens.for('acme/web')).rejects.toBe(refusal);
});
