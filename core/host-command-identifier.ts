/**
 * Which command a host speaks of. It says all itself, so that a completion finds its place without a lookup,
 * even one that an agent replays a day later. Agents take it as opaque.
 */
export interface HostCommandIdentifier {
  readonly deploymentId: string;
  readonly legNumber: number;
  /** Place of the command's lifecycle event in its leg, from 0. */
  readonly index: number;
  readonly commandName: string;
  /** The host's own name, its ARN. */
  readonly hostId: string;
  /** How often the command has been handed out, from 1. */
  readonly attempt: number;
}

export function encodeHostCommandIdentifier(identifier: HostCommandIdentifier): string {
  return Buffer.from(JSON.stringify(identifier)).toString('base64url');
}

/** @returns undefined for an identifier that is not ours */
export function decodeHostCommandIdentifier(text: string): HostCommandIdentifier | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isHostCommandIdentifier(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isHostCommandIdentifier(value: unknown): value is HostCommandIdentifier {
  if (typeof value !== 'object' || value === null) return false;
  const { deploymentId, legNumber, index, commandName, hostId, attempt } = value as Record<string, unknown>;
  return (
    [deploymentId, commandName, hostId].every((part) => typeof part === 'string') &&
    [legNumber, index, attempt].every((part) => Number.isInteger(part))
  );
}
