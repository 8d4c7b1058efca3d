import { z } from 'zod';

/** `[{ Name, Value }]` as clients send dimensions; a filter may leave the value out. */
export const dimensionList = z.array(z.object({ Name: z.string(), Value: z.string().optional() })).default([]);

export const toRecord = (list: z.output<typeof dimensionList>): Record<string, string> =>
  Object.fromEntries(list.map(({ Name, Value = '' }) => [Name, Value]));

export const toList = (dimensions: Readonly<Record<string, string>>): object[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
