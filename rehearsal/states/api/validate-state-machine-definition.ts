import { InvalidDefinition } from '../language/diagnostics.ts';
import { acceptDefinition } from '../accept-definition.ts';
import type { Operation } from './operation.ts';

/** Says what is wrong with a definition without making a state machine of it. */
export const validateStateMachineDefinition: Operation = async (input, account) => {
  try {
    await acceptDefinition(input.text('definition'), account.integrations);
    return { result: 'OK', diagnostics: [], truncated: false };
  } catch (fault) {
    if (!(fault instanceof InvalidDefinition)) throw fault;
    return { result: 'FAIL', diagnostics: fault.diagnostics, truncated: false };
  }
};
