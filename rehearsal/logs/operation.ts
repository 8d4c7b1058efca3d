import { z } from 'zod';
import type { OperationHandler, Operations } from '../endpoint/protocols/operations.ts';
import { AwsError } from '../endpoint/service.ts';

/** An operation, still to be given what it works on. */
type OperationOn<Subject> = (subject: Subject) => OperationHandler;

/** Declares an operation: the rules of its input, and what it does. A broken rule answers `ValidationException`. */
export function operation<S extends z.ZodType, Subject>(
  rules: S,
  act: (input: z.output<S>, subject: Subject) => unknown,
): OperationOn<Subject> {
  return (subject) => async (input) => {
    const read = rules.safeParse(input);
    if (read.success) return act(read.data, subject);
    const message = `1 validation error detected: ${z.prettifyError(read.error)}`;
    throw new AwsError('ValidationException', message);
  };
}

/** Gives every operation what it works on. */
export const operationsOn = <Subject>(subject: Subject, operations: Record<string, OperationOn<Subject>>): Operations =>
  Object.fromEntries(Object.entries(operations).map(([name, declared]) => [name, declared(subject)]));

export const optionalText = z.string().optional();
export const optionalNumber = z.number().optional();
