import { z } from 'zod';

const rules = z.array(z.object({ Key: z.string(), Value: z.coerce.string() })).default([]);

/** `Tags` of a template's resource. */
export const resourceTags = (tags: unknown): Map<string, string> =>
  new Map(rules.parse(tags ?? []).map(({ Key, Value }) => [Key, Value]));
