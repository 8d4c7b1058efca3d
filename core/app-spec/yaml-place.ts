import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import { AppSpecError } from './app-spec-error.ts';

/** A value of the file together with the line it stands on. */
export type Place = NothingPlace | ScalarPlace | ListPlace | MapPlace;

interface NothingPlace {
  readonly kind: 'nothing';
  readonly line: number;
}

export interface ScalarPlace {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: unknown;
  /** The characters of the file, before YAML made a number of them. */
  readonly written: string;
}

export interface ListPlace {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly Place[];
}

export interface MapPlace {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: ReadonlyMap<string, Place>;
}

/** No AppSpec needs more; a file that does was made to exhaust the stack. */
const DEEPEST_NESTING = 32;

/**
 * Reads YAML 1.1 as CodeDeploy's agent does: aliases are refused, and of a key written twice the last one counts.
 * @throws AppSpecError for what is not YAML
 */
export function readYaml(text: string): Place {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const problem = document.errors.find((error) => error.code !== 'MULTIPLE_DOCS');
  if (problem) {
    const [summary] = problem.message.split(/ at line \d+|:?\n/, 1);
    throw new AppSpecError(
      `The deployment failed because the application specification file is not valid YAML: ${summary}`,
      lines.linePos(problem.pos[0]).line,
      'correct the YAML on this line, indentation and quotes included',
    );
  }
  return toPlace(document.contents, { lines, line: 1, depth: 0 });
}

function parse(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { version: '1.1', uniqueKeys: false, merge: false, lineCounter, logLevel: 'silent' });
  } catch (error) {
    if (error instanceof RangeError) throw nestedTooDeeply(1, error);
    throw error;
  }
}

interface Surroundings {
  readonly lines: LineCounter;
  /** Line of what holds the value, for values that have no place of their own. */
  readonly line: number;
  readonly depth: number;
}

function toPlace(node: unknown, around: Surroundings): Place {
  const range = (node as Node | null)?.range;
  const line = range ? around.lines.linePos(range[0]).line : around.line;
  const below = { lines: around.lines, line, depth: around.depth + 1 };
  if (around.depth > DEEPEST_NESTING) throw nestedTooDeeply(line);
  if (isAlias(node)) {
    throw new AppSpecError(`Unknown alias: ${node.source}`, line, 'write the value out: aliases are not supported');
  }
  if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => toPlace(item, below)) };
  if (isMap(node))
    return { kind: 'map', line, entries: new Map(node.items.filter(isPair).map((pair) => entry(pair, below))) };
  if (!isScalar(node) || node.value === null) return { kind: 'nothing', line };
  return { kind: 'scalar', line, value: node.value, written: node.source ?? String(node.value) };
}

function entry(pair: Pair, around: Surroundings): [string, Place] {
  const key = toPlace(pair.key, around);
  // A key without a value stands where its key stands.
  return [written(key), toPlace(pair.value, { ...around, line: key.line })];
}

/** The value as its file spells it, for messages. */
export function written(place: Place | undefined): string {
  switch (place?.kind) {
    case 'scalar':
      return place.written;
    case 'list':
      return `[${place.items.map(written).join(', ')}]`;
    case 'map':
      return `{${[...place.entries].map(([key, value]) => `${key}: ${written(value)}`).join(', ')}}`;
    default:
      return '';
  }
}

function nestedTooDeeply(line: number, cause?: unknown): AppSpecError {
  return new AppSpecError(
    'The deployment failed because the application specification file is nested too deeply.',
    line,
    `use at most ${DEEPEST_NESTING} levels`,
    { cause },
  );
}
