import { z } from 'zod';
import { tagsOf } from '../account.ts';
import { listOf, texts } from '../input.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  ResourceId: texts,
  Tag: listOf(z.object({ Key: z.string(), Value: z.string().default('') })),
});

/** Adds tags, or gives them new values. @throws AwsError InvalidID */
export const createTags = operation(rules, ({ ResourceId, Tag }, account) => {
  const bearers = ResourceId.map((id) => tagsOf(account, id));
  for (const tags of bearers) for (const { Key, Value } of Tag) tags.set(Key, Value);
});
