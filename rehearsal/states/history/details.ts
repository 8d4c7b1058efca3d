import type { Json } from '../language/json.ts';
import { textOf } from '../language/json.ts';
import type { StatesError } from '../language/states-error.ts';
import type { EventDetails } from './history-event.ts';

const WHOLE = { truncated: false };

export const inputDetails = (input: Json): EventDetails => ({ input: textOf(input), inputDetails: WHOLE });

export const outputDetails = (output: Json): EventDetails => ({ output: textOf(output), outputDetails: WHOLE });

/** Variables by name, each as JSON text; nothing when the state assigned none. */
export function assignedDetails(assigned: Readonly<Record<string, Json>> | undefined): EventDetails {
  if (!assigned || Object.keys(assigned).length === 0) return {};
  const assignedVariables = Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, textOf(value)]));
  return { assignedVariables, assignedVariablesDetails: WHOLE };
}

export const errorDetails = ({ error, cause }: Pick<StatesError, 'error' | 'cause'>): EventDetails => ({
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
});
