import { InvalidDefinition } from '../language/diagnostics.ts';
import { faults } from './faults.ts';

/** Turns a definition's faults into the API's error; other errors pass. */
export function rethrowDefinitionFault(fault: unknown): never {
  throw fault instanceof InvalidDefinition ? faults.invalidDefinition(fault) : fault;
}
