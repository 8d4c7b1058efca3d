import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import { AppSpecError } from './app-spec-error.ts';
import { BEGINNING } from './position.ts';
import type { Position } from './position.ts';

/** A value of the file together with where it stands. */
export type Place = NothingPlace | ScalarPlace | ListPlace | MapPlace;

interface NothingPlace extends Position {
  readonly kind: 'nothing';
}

export interface ScalarPlace extends Position {
  readonly kind: 'scalar';
  readonly value: unknown;
  /** The characters of the file, before YAML made a number of them. */
  readonly written: string;
}

export interface ListPlace extends Position {
  readonly kind: 'list';
  readonly items: readonly Place[];
}

export interface MapPlace extends Position {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Place>;
  /** The keys as the file has them, in its order, repeated ones too. */
  readonly keys: readonly KeyPlace[];
}

export interface KeyPlace extends Position {
  readonly name: string;
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
      positionAt(problem.pos[0], lines),
      'correct the YAML on this line, indentation and quotes included',
    );
  }
  return toPlace(document.contents, { lines, holder: BEGINNING, depth: 0 });
}

function parse(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { version: '1.1', uniqueKeys: false, merge: false, lineCounter, logLevel: 'silent' });
  } catch (error) {
    if (error instanceof RangeError) throw nestedTooDeeply(BEGINNING, error);
    throw error;
  }
}

interface Surroundings {
  readonly lines: LineCounter;
  /** Where that stands which holds the value, for values that have no place of their own. */
  readonly holder: Position;
  readonly depth: number;
}

function toPlace(node: unknown, around: Surroundings): Place {
  const range = (node as Node | null)?.range;
  const at = range ? positionAt(range[0], around.lines) : around.holder;
  const below = { lines: around.lines, holder: at, depth: around.depth + 1 };
  if (around.depth > DEEPEST_NESTING) throw nestedTooDeeply(at);
  if (isAlias(node)) {
    throw new AppSpecError(`Unknown alias: ${node.source}`, at, 'write the value out: aliases are not supported');
  }
  if (isSeq(node)) return { kind: 'list', ...at, items: node.items.map((item) => toPlace(item, below)) };
  if (isMap(node)) return toMapPlace(node.items.filter(isPair), at, below);
  if (!isScalar(node) || node.value === null) return { kind: 'nothing', ...at };
  return { kind: 'scalar', ...at, value: node.value, written: node.source ?? String(node.value) };
}

function toMapPlace(pairs: readonly Pair[], at: Position, below: Surroundings): MapPlace {
  const read = pairs.map(({ key, value }) => {
    const place = toPlace(key, below);
    const keyPlace: KeyPlace = { name: written(place), line: place.line, column: place.column };
    // A key without a value stands where its key stands.
    return [keyPlace, toPlace(value, { ...below, holder: keyPlace })] as const;
  });
  return {
    kind: 'map',
    ...at,
    entries: new Map(read.map(([{ name }, value]) => [name, value])),
    keys: read.map(([key]) => key),
  };
}

function positionAt(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The maps in a list, whatever else it holds; none where there is no list. */
export function mapsIn(list: Place | undefined): MapPlace[] {
  return list?.kind === 'list' ? list.items.filter((item) => item.kind === 'map') : [];
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

function nestedTooDeeply(at: Position, cause?: unknown): AppSpecError {
  return new AppSpecError(
    'The deployment failed because the application specification file is nested too deeply.',
    at,
    `use at most ${DEEPEST_NESTING} levels`,
    { cause },
  );
}
