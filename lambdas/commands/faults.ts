/** A fault of the caller, in the words of the protocol; translated into an answer at the edge. */
export abstract class ServiceFault extends Error {
  /** The name that agents and SDKs match on. */
  abstract readonly code: string;
  readonly statusCode: number = 400;
}

/** The caller speaks for a host that it is not. */
export class AccessDenied extends ServiceFault {
  readonly code = 'AccessDeniedException';
  override readonly statusCode = 403;
}

/** A request that lacks a member or has a wrong one. */
export class InvalidRequest extends ServiceFault {
  readonly code = 'ClientException';
}

export class UnknownOperation extends ServiceFault {
  readonly code = 'UnknownOperationException';
}
