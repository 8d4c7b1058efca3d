const PASSING_NAMES = /^(Throttl\w*|TooManyRequests\w*|ServiceUnavailable\w*|InternalFailure|TimeoutError)$/;

/** Whether the same call may well succeed in a while: throttling, a fault of the service, a broken connection. */
export function canPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, $response, code } = error as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
    code?: unknown;
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
  const isOfConnection = typeof code === 'string' && /^E[A-Z_]+$/.test(code);
  return PASSING_NAMES.test(error.name) || status >= 500 || status === 429 || isOfConnection;
}
