import type { Rehearsal, StatementUse } from '../../rehearsal/index.ts';
import type { Chapter } from './chapter.ts';
import { type Assembled, tellChapter } from './tell-chapter.ts';
import type { StackGrant } from './withdraw.ts';

/** What a grant did in one chapter. */
export interface Decision {
  readonly chapter: string;
  /** Wall milliseconds from the chapter's beginning until it first decided a call that no other grant did. */
  readonly afterMs: number;
}

/** What a grant did in all chapters. */
export interface GrantUse {
  /** Chapters in which it decided a call alone, the quickest first. */
  readonly decisions: readonly Decision[];
  /** Of its actions and resources: those that no chapter asked for. */
  readonly unused: readonly string[];
}

/** Uses of grants, by `keyOf`. */
export type Census = Readonly<Record<string, GrantUse>>;

/** By which a rehearsal counts the uses of a grant. */
export const keyOf = ({ stack, counted, name }: StackGrant): string =>
  counted ? `${stack}/${counted.policy}#${counted.index}` : `${stack}/${name}`;

/**
 * Tells a chapter with every grant, and counts what the grants decide.
 * @param before what the chapters before it counted
 * @throws Error when it does not end well
 */
export async function countChapter(chapter: Chapter, assembled: Assembled, before: Census): Promise<Census> {
  const watched = new Watch(Date.now());
  const failure = await tellChapter(chapter, { assembled, watch: (rehearsal) => watched.follow(rehearsal) });
  if (failure !== undefined) {
    throw new Error(`The chapter “${chapter.name}” does not end well with every grant either: ${failure}`);
  }
  return withChapter(before, chapter, watched);
}

/** How often statements are looked at: as exact as one chapter is to be compared with another. */
const LOOK_EVERY_MS = 250;

/** Notes when each statement first decided alone. */
class Watch {
  readonly firstAloneMs = new Map<string, number>();
  uses: readonly StatementUse[] = [];
  readonly #startedAt: number;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  follow({ permissions }: Rehearsal): () => void {
    const look = (): void => {
      this.uses = permissions.usage();
      for (const { policyId, index, callsAlone } of this.uses) {
        const key = `${policyId}#${index}`;
        if (callsAlone > 0 && !this.firstAloneMs.has(key)) this.firstAloneMs.set(key, Date.now() - this.#startedAt);
      }
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      look();
    };
  }
}

function withChapter(census: Census, { name }: Chapter, { uses, firstAloneMs }: Watch): Census {
  const entries = uses.map(({ policyId, index, unusedActions, unusedResources }): [string, GrantUse] => {
    const key = `${policyId}#${index}`;
    const before = census[key];
    const afterMs = firstAloneMs.get(key);
    const earlier = before?.decisions.filter(({ chapter }) => chapter !== name) ?? [];
    const decisions = [...earlier, ...(afterMs === undefined ? [] : [{ chapter: name, afterMs }])];
    return [
      key,
      {
        decisions: decisions.toSorted((one, other) => one.afterMs - other.afterMs),
        unused: withoutGeneratedNames([...unusedActions, ...unusedResources]).filter(
          (each) => before?.unused.includes(each) ?? true,
        ),
      },
    ];
  });
  return { ...census, ...Object.fromEntries(entries) };
}

/** Each rehearsal makes up names of its own. */
function withoutGeneratedNames(patterns: readonly string[]): string[] {
  return patterns.map((pattern) => pattern.replaceAll(/-[0-9A-Z]{12}\b/g, ''));
}
