import type { Envelope, HostCommand } from './wire.ts';

/** A command handed to this host. */
export interface Assignment {
  readonly command: HostCommand;
  /** Events that follow in the same leg, as far as the service tells. */
  readonly remainingEvents: readonly string[];
  /** The specification, when it came along. */
  readonly envelope?: Envelope;
  /** Whether handing out counted as acknowledgement: so says a service that speaks Slipway's members. */
  readonly isAcknowledged: boolean;
}

/** What a poll or a completion brings: work, or a pause. */
export interface Answer {
  readonly assignment?: Assignment;
  /** Seconds until the next poll; undefined when the service sets no pace. */
  readonly pollAfterSeconds?: number;
}

/**
 * Reads the answer to a poll, where the command stands beside `Slipway`:
 *
 *     {"HostCommand": {"CommandName": "ApplicationStop", …},
 *      "Slipway": {"PollAfterSeconds": 1, "RemainingEvents": ["DownloadBundle"], "DeploymentSpecification": {"GenericEnvelope": {…}}}}
 *
 * @throws Error for a command that is incomplete or another host's
 */
export function readPollAnswer(body: unknown, hostIdentifier: string): Answer {
  const slipway = objectAt(body, 'Slipway');
  return readAnswer(objectAt(body, 'HostCommand'), slipway, hostIdentifier);
}

/** Reads the answer to a completion, where the next command of the leg stands inside `Slipway`. */
export function readCompletionAnswer(body: unknown, hostIdentifier: string): Answer {
  const slipway = objectAt(body, 'Slipway');
  return readAnswer(objectAt(slipway, 'HostCommand'), slipway, hostIdentifier);
}

function readAnswer(command: object | undefined, slipway: object | undefined, hostIdentifier: string): Answer {
  const pace = memberOf(slipway, 'PollAfterSeconds');
  const pollAfterSeconds = typeof pace === 'number' && pace >= 0 ? { pollAfterSeconds: pace } : {};
  if (!command) return pollAfterSeconds;
  const remaining = memberOf(slipway, 'RemainingEvents');
  const envelope = readEnvelope(objectAt(slipway, 'DeploymentSpecification'));
  return {
    ...pollAfterSeconds,
    assignment: {
      command: readCommand(command, hostIdentifier),
      remainingEvents: Array.isArray(remaining) ? remaining.map(String) : [],
      ...(envelope ? { envelope } : {}),
      isAcknowledged: slipway !== undefined,
    },
  };
}

function readCommand(command: object, hostIdentifier: string): HostCommand {
  const text = (name: keyof HostCommand): string => {
    const value = memberOf(command, name);
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(
      name === 'CommandName' ? 'Command Name missing' : `the command service sent a command without ${name}`,
    );
  };
  const read = {
    HostCommandIdentifier: text('HostCommandIdentifier'),
    HostIdentifier: text('HostIdentifier'),
    DeploymentExecutionId: text('DeploymentExecutionId'),
    CommandName: text('CommandName'),
  };
  if (!hostIdentifier.includes(read.HostIdentifier)) {
    throw new Error(`Host Identifier mismatch: ${hostIdentifier} != ${read.HostIdentifier}`);
  }
  return read;
}

/** Reads the envelope out of a `DeploymentSpecification`. */
export function readEnvelope(specification: object | undefined): Envelope | undefined {
  const envelope = objectAt(specification, 'GenericEnvelope');
  const [format, payload] = [memberOf(envelope, 'Format'), memberOf(envelope, 'Payload')];
  return typeof payload === 'string' ? { Format: String(format), Payload: payload } : undefined;
}

/** A member that is an object; undefined for anything else. */
export function objectAt(value: unknown, name: string): object | undefined {
  const member = memberOf(value, name);
  return typeof member === 'object' && member !== null ? member : undefined;
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
