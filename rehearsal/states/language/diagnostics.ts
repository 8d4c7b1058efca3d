/** One thing wrong with a definition, as ValidateStateMachineDefinition reports it. */
export interface Diagnostic {
  readonly severity: 'ERROR';
  readonly code: string;
  readonly message: string;
  /** Path into the definition: `/States/Deploy/Next`. */
  readonly location?: string;
}

/** A definition that cannot run; the message is the one that CreateStateMachine answers with. */
export class InvalidDefinition extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(`Invalid State Machine Definition: '${diagnostics.map(describe).join(', ')}'`);
    this.diagnostics = diagnostics;
  }
}

function describe({ code, message, location }: Diagnostic): string {
  return `${code}: ${message}${location === undefined ? '' : ` at ${location}`}`;
}
