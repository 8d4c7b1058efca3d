/** The command service refused a call. */
export class CommandServiceError extends Error {
  override readonly name = 'CommandServiceError';
  readonly status: number;
  /** Name of the error, from `__type`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(`Cannot reach InstanceService: ${code} - ${message}`);
    this.status = status;
    this.code = code;
  }

  /**
   * Whether the same call may succeed later: all but calls that the service understood and finds wrong.
   * Refused credentials are renewed, and permissions are mended by people.
   */
  get mayPass(): boolean {
    return (
      this.status >= 500 ||
      [401, 403, 408, 429].includes(this.status) ||
      /throttl|TooMany|LimitExceeded/i.test(this.code)
    );
  }
}
