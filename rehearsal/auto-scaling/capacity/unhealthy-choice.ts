/** A member that failed its health check, and whether the failure leaves room for patience. */
interface UnhealthyMember {
  readonly instanceId: string;
  /** The machine is gone, or somebody said so: replaced at once. Otherwise at most 10 % of the group at a time. */
  readonly urgent: boolean;
}

/**
 * Which unhealthy members are replaced now.
 * @param inService members that count toward the desired capacity and serve, these unhealthy ones included
 */
export function replaceableNow(
  unhealthy: readonly UnhealthyMember[],
  desired: number,
  inService: number,
): readonly string[] {
  const urgent = unhealthy.filter((member) => member.urgent);
  const patient = unhealthy.filter((member) => !member.urgent);
  const atATime = Math.max(1, Math.floor(desired / 10));
  const missing = Math.max(0, desired - (inService - urgent.length));
  const room = Math.max(0, atATime - missing);
  return [...urgent, ...patient.slice(0, room)].map(({ instanceId }) => instanceId);
}
