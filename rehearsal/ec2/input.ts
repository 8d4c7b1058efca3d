import { z } from 'zod';
import { AwsError } from '../endpoint/service.ts';

/** A truth value as it travels in a form (`true`) or in a template (true). */
export const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);
/** A whole number as it travels in a form or a template. */
export const wholeNumber = z.coerce.number().int();
/** A list of texts; clients send an empty list as the empty text. */
export const texts = listOf(z.string());

/** A list of `element`; clients send an empty list as the empty text. */
export function listOf<S extends z.ZodType>(element: S) {
  return z.preprocess((value) => (value === '' ? [] : value), z.array(element));
}

/**
 * Reads an operation's input by its rules. Members that the rules do not name are dropped: AWS's clients may be newer.
 * @throws AwsError `errorCode`, naming the first member that breaks a rule
 */
export function readInput<S extends z.ZodType>(rules: S, input: unknown, errorCode: string): z.output<S> {
  const result = rules.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AwsError(errorCode, `1 validation error detected: ${issue ? told(issue) : 'the input is malformed'}`);
}

const told = ({ path, message }: z.core.$ZodIssue): string =>
  `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`;
