import type { Bindings, Expression } from './expression.ts';
import { compileExpression, expressionIn } from './expression.ts';
import { isObject } from './json.ts';
import type { Json } from './json.ts';

/** A JSON value of the definition in which any string may be an expression. */
export type Template =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Template])[] };

/** Compiles every expression inside; a part without one stays the constant that it is. */
export function compileTemplate(value: Json): Template {
  if (typeof value === 'string') {
    const source = expressionIn(value);
    return source === undefined
      ? { kind: 'constant', value }
      : { kind: 'expression', expression: compileExpression(source) };
  }
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(compileTemplate);
    return items.every(isConstant) ? { kind: 'constant', value } : { kind: 'array', items };
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [name, compileTemplate(member)] as const);
    return members.every(([, member]) => isConstant(member))
      ? { kind: 'constant', value }
      : { kind: 'object', members };
  }
  return { kind: 'constant', value };
}

const isConstant = ({ kind }: Template): boolean => kind === 'constant';

/** An expression's failure with the place in the state where it stands (`Arguments/Payload/name`). */
export class EvaluationFault extends Error {
  readonly location: string;
  /** Absent when the value was no expression. */
  readonly source: string | undefined;

  constructor(location: string, source: string | undefined, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.location = location;
    this.source = source;
  }
}

/** @throws EvaluationFault at the first expression that gives no value */
export async function evaluateTemplate(template: Template, bindings: Bindings, location: string): Promise<Json> {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'expression':
      return template.expression.evaluate(bindings).catch((fault: Error) => {
        throw new EvaluationFault(location, template.expression.source, fault.message, { cause: fault });
      });
    case 'array': {
      const items: Json[] = [];
      for (const [index, item] of template.items.entries()) {
        items.push(await evaluateTemplate(item, bindings, `${location}[${index}]`));
      }
      return items;
    }
    case 'object': {
      const members: [string, Json][] = [];
      for (const [name, member] of template.members) {
        members.push([name, await evaluateTemplate(member, bindings, `${location}/${name}`)]);
      }
      return Object.fromEntries(members);
    }
  }
}
