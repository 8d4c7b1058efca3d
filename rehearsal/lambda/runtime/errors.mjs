/** Errors that Lambda's own runtime raises; `name` is what callers see as `errorType`. */
export class RuntimeError extends Error {
  constructor(name, message, stack) {
    super(message);
    this.name = name;
    if (stack) this.stack = stack;
  }

  static unhandledRejection(reason) {
    const isError = reason instanceof Error;
    const message = isError ? `${reason.name}: ${reason.message}` : String(reason);
    return new RuntimeError('Runtime.UnhandledPromiseRejection', message, isError ? reason.stack : undefined);
  }
}

/** Whatever was thrown, as Lambda answers it: `{errorType, errorMessage, trace}`. */
export function describeError(thrown) {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
}
