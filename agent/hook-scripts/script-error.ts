import type { ErrorCode } from '../protocol/wire.ts';

/** A hook script that failed, in the terms of diagnostics. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly code: ErrorCode;
  /** The script's location, as its AppSpec spells it. */
  readonly scriptName: string;

  constructor(code: ErrorCode, scriptName: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.scriptName = scriptName;
  }
}
