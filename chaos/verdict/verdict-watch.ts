/** Verdicts that have been on record: they are given once. */
export class VerdictWatch {
  readonly complaints: string[] = [];
  readonly #verdicts = new Map<string, string>();

  /** Looks at what the table answered a function: perhaps an item with a verdict. */
  look(answer: unknown): void {
    const { Attributes, Item } = (answer ?? {}) as Readonly<
      Record<string, Readonly<Record<string, unknown>> | undefined>
    >;
    const { pk, sk, settlement } = Attributes ?? Item ?? {};
    if (settlement === undefined) return;
    const key = `${String(pk)} ${String(sk)}`;
    const verdict = JSON.stringify(settlement);
    const before = this.#verdicts.get(key) ?? verdict;
    this.#verdicts.set(key, verdict);
    if (before !== verdict) this.complaints.push(`the verdict on ${key} was ${before}, and then ${verdict}`);
  }
}
