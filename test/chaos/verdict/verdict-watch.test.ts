import { expect, it } from 'vitest';

import { VerdictWatch } from '../../../chaos/verdict/verdict-watch.ts';

const item = (status: string) => ({ pk: 'DEPLOYMENT#d-1', sk: 'TARGET#i-1', settlement: { status } });

it('complains of a verdict that is given again, and differs', () => {
  const watch = new VerdictWatch();

  watch.look({ Attributes: item('Succeeded') });
  watch.look({ Item: item('Failed') });

  expect(watch.complaints).toEqual([
    'the verdict on DEPLOYMENT#d-1 TARGET#i-1 was {"status":"Succeeded"}, and then {"status":"Failed"}',
  ]);
});

it('is content with a verdict that is read again, and with answers of other kinds', () => {
  const watch = new VerdictWatch();

  for (const answer of [{ Attributes: item('Failed') }, { Item: item('Failed') }, { Items: [] }, {}, undefined])
    watch.look(answer);

  expect(watch.complaints).toEqual([]);
});
