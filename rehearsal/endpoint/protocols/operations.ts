import type { Access } from '../../permissions/access.ts';
import { AwsError, type AwsRequest } from '../service.ts';

/** Answers one operation of a service; what it returns is rendered in the service's protocol. */
export type OperationHandler = (input: Record<string, unknown>, request: AwsRequest) => Promise<unknown>;

/** By operation name, as the API reference spells it. */
export type Operations = Readonly<Record<string, OperationHandler>>;

/** What one operation needs leave for; undefined for what `plainAccess` says. */
export type AccessOf = (operation: string, input: Record<string, unknown>) => readonly Access[] | undefined;

/** An error as it goes on the wire, and what a person should hear if it was none that a client is meant to see. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly warning?: string;
}

/** Lets an `AwsError` through; anything else is a bug, told to the client without its details. */
export function toWireError(error: unknown, operation: string): WireError {
  if (error instanceof AwsError) {
    const { code, message, status, members } = error;
    return { code, message, status, members };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'InternalFailure',
    message: 'The request processing has failed because of an unknown error, exception or failure.',
    status: 500,
    members: {},
    warning: `${operation} failed inside the rehearsal: ${detail}`,
  };
}
