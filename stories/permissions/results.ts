import { readFile, writeFile } from 'node:fs/promises';
import { type Census, keyOf } from './census.ts';
import type { StackGrant } from './withdraw.ts';

/** What came of a chapter that was told without a grant. */
export interface Outcome {
  /** What the grant said: of one that says something else by now, this tells nothing. */
  readonly text: string;
  readonly chapter: string;
  /** Why it ended otherwise; missing when it ended well. */
  readonly failure?: string;
  readonly wallMs: number;
}

/** What came of a grant, unless it has changed since. */
export function outcomeOf({ outcomes }: Results, grant: StackGrant): Outcome | undefined {
  const outcome = outcomes[keyOf(grant)];
  return outcome?.text === grant.text ? outcome : undefined;
}

/** What is known so far. */
export interface Results {
  readonly census: Census;
  /** The chapters that it counts, with the wall milliseconds that each took. */
  readonly chapters: Readonly<Record<string, number>>;
  /** By `keyOf`. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

const NOTHING: Results = { census: {}, chapters: {}, outcomes: {} };

/** What a run leaves to the next, which goes on from there. */
export class ResultsFile {
  readonly #file: string | undefined;
  #results: Results = NOTHING;

  /** @param file undefined for one that remembers nothing */
  private constructor(file: string | undefined) {
    this.#file = file;
  }

  static async open(file: string | undefined): Promise<ResultsFile> {
    const results = new ResultsFile(file);
    if (file !== undefined) results.#results = await read(file);
    return results;
  }

  get results(): Results {
    return this.#results;
  }

  async note(news: Partial<Results>): Promise<void> {
    this.#results = { ...this.#results, ...news, outcomes: { ...this.#results.outcomes, ...news.outcomes } };
    if (this.#file !== undefined) await writeFile(this.#file, JSON.stringify(this.#results, null, 2));
  }
}

async function read(file: string): Promise<Results> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw error;
  }
}
