import { AppSpecError } from './app-spec-error.ts';
import type { Position } from './position.ts';

const HIGHEST_CATEGORY = 1023;
const REMEDY = 'write s0, s0-s1 or s0:c1,c3.c5: sensitivities, then categories up to c1023';

/**
 * Reads an SELinux range, `s#[-s#][:c#[.c#](,c#[.c#])*]`.
 * @returns the same range with neighbouring categories joined: `s0:c1,c2,c3` becomes `s0:c1.c3`
 */
export function parseSecurityRange(range: string, at: Position): string {
  const fail = (message: string): never => {
    throw new AppSpecError(message, at, REMEDY);
  };

  /** One or two parts, neither empty. */
  const inTwo = (text: string, separator: string): [string, string?] => {
    const at = text.indexOf(separator);
    const parts: [string, string?] = at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
    return parts.includes('') ? fail(`invalid range part ${text}`) : parts;
  };
  const level = (text: string, letter: 's' | 'c', what: string): number =>
    new RegExp(`^${letter}[0-9]+$`).test(text) ? Number(text.slice(1)) : fail(`invalid ${what} ${text}`);
  const category = (text: string): number => {
    const number = level(text, 'c', 'category');
    return number > HIGHEST_CATEGORY ? fail(`invalid category ${text}`) : number;
  };
  const categories = (text: string): [number, number] => {
    const [from, to] = inTwo(text, '.');
    const [low, high] = [category(from), category(to ?? from)];
    return high < low ? fail(`invalid category range ${from}.${to}`) : [low, high];
  };

  const [sensitivities, categoryList] = inTwo(range, ':');
  const [lowText, highText] = inTwo(sensitivities, '-');
  const low = level(lowText, 's', 'sensitivity');
  const high = level(highText ?? lowText, 's', 'sensitivity');
  if (high < low) {
    fail(
      `The deployment failed because of a problem with the SELinux range specified (${range}) for the context parameter in the permissions section of the application specification file. Make corrections in the permissions section of the AppSpec file, and then try again.`,
    );
  }
  const spans = (categoryList?.split(',') ?? []).map(categories).sort(([a], [b]) => a - b);
  if (spans.some(([from], index) => from <= (spans[index - 1]?.[1] ?? -1))) fail('duplicate categories');
  return (high === low ? `s${low}` : `s${low}-s${high}`) + renderCategories(joined(spans));
}

/** Spans that touch become one. */
function joined(spans: readonly [number, number][]): [number, number][] {
  return spans.reduce<[number, number][]>((done, [from, to]) => {
    const last = done.at(-1);
    return last?.[1] === from - 1 ? [...done.slice(0, -1), [last[0], to]] : [...done, [from, to]];
  }, []);
}

function renderCategories(spans: readonly [number, number][]): string {
  if (spans.length === 0) return '';
  return `:${spans.map(([from, to]) => (from === to ? `c${from}` : `c${from}.c${to}`)).join(',')}`;
}
