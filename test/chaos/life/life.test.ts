import { expect, it } from 'vitest';

import { live } from '../../../chaos/life/life.ts';

it('lives the same life again for the same seed, call for call', async () => {
  const once = await live(7);
  const again = await live(7);

  expect(again.story).toEqual(once.story);
  expect(again.tally).toEqual(once.tally);
  expect(once.story.length).toBeGreaterThan(20);
});

it('lives another life for another seed', async () => {
  const [one, other] = [await live(7), await live(8)];

  expect(one.story).not.toEqual(other.story);
});
