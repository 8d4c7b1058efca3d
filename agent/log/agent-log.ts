/** Where the agent tells what it does. Fields carry identifiers, never credentials or tokens. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** A log of JSON lines: `{"time":"2026-02-19T08:00:00.000Z","level":"info","message":"…","deploymentId":"d-…"}`. */
export function jsonLinesLog(write: (line: string) => void, options: { readonly verbose: boolean }): Log {
  const at =
    (level: string) =>
    (message: string, fields: Fields = {}): void => {
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
    };
  return {
    debug: options.verbose ? at('debug') : () => undefined,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

/** An error's text with those of its causes, for a log field. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to several addresses is an AggregateError without a message of its own.
  const text = error.message || (error as NodeJS.ErrnoException).code || error.name;
  return error.cause === undefined ? text : `${text}: ${errorText(error.cause)}`;
}
