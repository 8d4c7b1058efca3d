import { expect, it } from 'vitest';

import type { RegisteredRevision } from '../../../core/application-revisions/application-revision.ts';
import { type RevisionOrder, sortedPage } from '../../../core/application-revisions/revision-order.ts';

const BY_REGISTRATION: RevisionOrder = { by: 'registerTime', isDescending: false };

const commit = (CommitId: string, times: Partial<RegisteredRevision> = {}): RegisteredRevision => ({
  revision: { RevisionType: 'GitHub', GitHubLocation: { Repository: 'acme/web', CommitId } },
  registeredAtMs: 1000,
  ...times,
});
const commits = ({ items }: ReturnType<typeof sortedPage>) =>
  items.map(({ revision }) => revision.RevisionType === 'GitHub' && revision.GitHubLocation.CommitId);

it('sorts by a time, either way', () => {
  const revisions = [commit('b', { registeredAtMs: 900 }), commit('a', { registeredAtMs: 1000 })];

  expect(commits(sortedPage(revisions, BY_REGISTRATION, undefined, 10))).toEqual(['b', 'a']);
  expect(commits(sortedPage(revisions, { ...BY_REGISTRATION, isDescending: true }, undefined, 10))).toEqual(['a', 'b']);
});

it.each([true, false])('has revisions that were never used last, whether the order descends (%s)', (isDescending) => {
  const revisions = [commit('never'), commit('once', { firstUsedAtMs: 2000, lastUsedAtMs: 3000 })];

  for (const by of ['firstUsedTime', 'lastUsedTime'] as const) {
    expect(commits(sortedPage(revisions, { by, isDescending }, undefined, 10))).toEqual(['once', 'never']);
  }
});

it('goes on where the last page ended, though revisions came and went', () => {
  const [a, b, c, d] = [commit('a'), commit('b'), commit('c'), commit('d')];
  const { last } = sortedPage([a, b, c], BY_REGISTRATION, undefined, 2);

  const next = sortedPage([d, c, commit('0'), a], BY_REGISTRATION, last, 2);

  expect(commits(next)).toEqual(['c', 'd']);
  expect(next.last).toBeUndefined();
});
