import { isDeepStrictEqual } from 'node:util';

/** Attributes of an item, as the document client gives them. */
export type Attributes = Record<string, unknown>;

/** What the names and values of an expression stand for. */
export interface Substitutes {
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
}

type Term<Value> = (item: Attributes, given: Substitutes) => Value;

/** An expression that DynamoDB would refuse, or that this double does not know. */
class InvalidExpression extends Error {
  override readonly name = 'ValidationException';
}

/*
 * As much of DynamoDB's language of conditions and updates as the adapters speak. Each expression is read once; a
 * contract test holds it against an embedded DynamoDB.
 */

const conditions = new Map<string, Term<boolean>>();
const updates = new Map<string, (item: Attributes, given: Substitutes) => Attributes>();

/** Whether an item, which may be empty, meets a condition. */
export function meets(condition: string, item: Attributes, given: Substitutes): boolean {
  let read = conditions.get(condition);
  if (!read) conditions.set(condition, (read = new Reader(condition).condition()));
  return read(item, given);
}

/** The item after an update. The right sides are those of the item before. */
export function updated(update: string, item: Attributes, given: Substitutes): Attributes {
  let read = updates.get(update);
  if (!read) updates.set(update, (read = new Reader(update).update()));
  return read(item, given);
}

const TOKEN = /\s*(<=|>=|<>|[=<>(),+-]|[#:]?[A-Za-z_][A-Za-z0-9_]*(?:\.[#A-Za-z_][A-Za-z0-9_]*)*)/y;
const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'];

class Reader {
  readonly #text: string;
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text.trim();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < this.#text.length) {
      const [, token] = TOKEN.exec(this.#text) ?? [];
      if (token === undefined) throw new InvalidExpression(`Cannot read ${text}`);
      this.#tokens.push(token);
    }
  }

  condition(): Term<boolean> {
    const condition = this.#anyOf();
    if (this.#peek() !== undefined) this.#refuse();
    return condition;
  }

  update(): (item: Attributes, given: Substitutes) => Attributes {
    const actions: ((before: Attributes, after: Attributes, given: Substitutes) => void)[] = [];
    while (this.#peek() !== undefined) {
      const section = this.#next();
      if (!SECTIONS.includes(section)) this.#refuse();
      do actions.push(this.#action(section));
      while (this.#takes(','));
    }
    return (item, given) => {
      const after = structuredClone(item);
      for (const act of actions) act(item, after, given);
      return after;
    };
  }

  #action(section: string): (before: Attributes, after: Attributes, given: Substitutes) => void {
    const path = this.#next();
    if (section === 'REMOVE') return (_, after, given) => put(after, path, given, undefined);
    if (section === 'SET') {
      this.#expect('=');
      const value = this.#sum();
      return (before, after, given) => put(after, path, given, structuredClone(value(before, given)));
    }
    const operand = this.#operand();
    const combine = section === 'ADD' ? added : deleted;
    return (before, after, given) => put(after, path, given, combine(at(before, path, given), operand(before, given)));
  }

  #sum(): Term<unknown> {
    const first = this.#operand();
    const sign = this.#takes('+') ? 1 : this.#takes('-') ? -1 : 0;
    if (sign === 0) return first;
    const second = this.#operand();
    return (item, given) => number(first(item, given)) + sign * number(second(item, given));
  }

  #anyOf(): Term<boolean> {
    const terms = [this.#allOf()];
    while (this.#takes('OR')) terms.push(this.#allOf());
    return (item, given) => terms.some((term) => term(item, given));
  }

  #allOf(): Term<boolean> {
    const terms = [this.#one()];
    while (this.#takes('AND')) terms.push(this.#one());
    return (item, given) => terms.every((term) => term(item, given));
  }

  #one(): Term<boolean> {
    if (this.#takes('NOT')) {
      const term = this.#one();
      return (item, given) => !term(item, given);
    }
    if (this.#takes('(')) {
      const term = this.#anyOf();
      this.#expect(')');
      return term;
    }
    return this.#peek(1) === '(' ? this.#test(this.#next()) : this.#comparison();
  }

  #test(name: string): Term<boolean> {
    this.#expect('(');
    const subject = this.#operand();
    const object = this.#takes(',') ? this.#operand() : () => undefined;
    this.#expect(')');
    switch (name) {
      case 'attribute_exists':
        return (item, given) => subject(item, given) !== undefined;
      case 'attribute_not_exists':
        return (item, given) => subject(item, given) === undefined;
      case 'contains':
        return (item, given) => holds(subject(item, given), object(item, given));
      case 'begins_with':
        return (item, given) => String(subject(item, given) ?? '').startsWith(String(object(item, given)));
      default:
        return this.#refuse();
    }
  }

  #comparison(): Term<boolean> {
    const left = this.#operand();
    if (this.#takes('IN')) {
      this.#expect('(');
      const among = [this.#operand()];
      while (this.#takes(',')) among.push(this.#operand());
      this.#expect(')');
      return (item, given) => among.some((one) => compares('=', left(item, given), one(item, given)));
    }
    if (this.#takes('BETWEEN')) {
      const from = this.#operand();
      this.#expect('AND');
      const to = this.#operand();
      return (item, given) =>
        compares('>=', left(item, given), from(item, given)) && compares('<=', left(item, given), to(item, given));
    }
    const comparator = this.#next();
    const right = this.#operand();
    return (item, given) => compares(comparator, left(item, given), right(item, given));
  }

  #operand(): Term<unknown> {
    const token = this.#next();
    if (token.startsWith(':')) return (_, { values }) => known(values?.[token], token);
    if (token !== 'if_not_exists') return (item, given) => at(item, token, given);
    this.#expect('(');
    const path = this.#next();
    this.#expect(',');
    const otherwise = this.#operand();
    this.#expect(')');
    return (item, given) => at(item, path, given) ?? otherwise(item, given);
  }

  #peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #next(): string {
    const token = this.#peek();
    if (token === undefined) return this.#refuse();
    this.#at += 1;
    return token;
  }

  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) this.#refuse();
  }

  #refuse(): never {
    throw new InvalidExpression(`Unexpected ${this.#peek() ?? 'end'} in: ${this.#text}`);
  }
}

function stepsOf(path: string, { names }: Substitutes): readonly string[] {
  return path.split('.').map((step) => (step.startsWith('#') ? String(known(names?.[step], step)) : step));
}

function at(item: Attributes, path: string, given: Substitutes): unknown {
  return stepsOf(path, given).reduce<unknown>(
    (within, step) => (within === undefined ? undefined : (within as Attributes)[step]),
    item,
  );
}

/** Sets an attribute, or removes it. DynamoDB has no empty sets, and makes no maps on the way. */
function put(item: Attributes, path: string, given: Substitutes, value: unknown): void {
  const steps = stepsOf(path, given);
  const last = steps.at(-1) ?? '';
  const within = steps.slice(0, -1).reduce<unknown>((map, step) => (map as Attributes | undefined)?.[step], item);
  if (typeof within !== 'object' || within === null) throw new InvalidExpression(`There is no map to put ${path} into`);
  if (value === undefined || (value instanceof Set && value.size === 0))
    Reflect.deleteProperty(within as Attributes, last);
  else (within as Attributes)[last] = value;
}

function added(before: unknown, value: unknown): unknown {
  if (value instanceof Set) return new Set([...(before instanceof Set ? before : []), ...value]);
  return number(before ?? 0) + number(value);
}

function deleted(before: unknown, value: unknown): unknown {
  if (!(value instanceof Set)) throw new InvalidExpression('DELETE takes members from a set');
  return before instanceof Set ? new Set([...before].filter((member) => !value.has(member))) : before;
}

function holds(subject: unknown, object: unknown): boolean {
  if (subject instanceof Set) return subject.has(object);
  return typeof subject === 'string' && subject.includes(String(object));
}

/** What is missing, or of another type, compares with nothing. */
function compares(comparator: string, left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (comparator === '=') return isDeepStrictEqual(left, right);
  if (comparator === '<>') return !isDeepStrictEqual(left, right);
  if (typeof left !== typeof right) return false;
  const [one, other] = [left as number, right as number];
  return { '<': one < other, '<=': one <= other, '>': one > other, '>=': one >= other }[comparator] ?? false;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new InvalidExpression(`${String(value)} is no number`);
  return value;
}

function known<Value>(value: Value | undefined, token: string): Value {
  if (value === undefined) throw new InvalidExpression(`Nothing is said of ${token}`);
  return value;
}
