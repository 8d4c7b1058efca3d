import { z } from 'zod';
import { tagsOf } from '../account.ts';
import { listOf, texts } from '../input.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  ResourceId: texts,
  Tag: listOf(z.object({ Key: z.string(), Value: z.string().optional() })).optional(),
});

/** Removes tags; a tag that is named with a value goes only if it has that value, and without names all go. */
export const deleteTags = operation(rules, ({ ResourceId, Tag }, account) => {
  for (const tags of ResourceId.map((id) => tagsOf(account, id))) {
    const named = Tag ?? [...tags.keys()].map((Key) => ({ Key, Value: undefined }));
    for (const { Key, Value } of named) if (Value === undefined || tags.get(Key) === Value) tags.delete(Key);
  }
});
