/** The story went otherwise than it says: the product or the rehearsal is wrong, and the run fails with this reason. */
class Deviation extends Error {
  override readonly name = 'Deviation';
}

/** @throws Deviation saying what was promised and what was seen instead */
export function expectThat(condition: boolean, promise: string, seen: string): asserts condition {
  if (!condition) throw new Deviation(`The story says: ${promise}. Seen instead: ${seen}.`);
}
