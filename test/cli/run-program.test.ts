import { expect, it } from 'vitest';
import { slipwayProcess } from './support/command-process.ts';

it('passes on what a program is told, what it says, and how it ends', async () => {
  const rehearse = await slipwayProcess(['rehearse', '--speed', 'fast']);

  expect(rehearse).toMatchObject({ code: 2, err: expect.stringMatching(/^--speed fast is not a number/) as string });
});
