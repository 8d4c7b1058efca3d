import type { CommandStatusOutput, PostHostCommandUpdateInput } from '../../../core/command-protocol.ts';
import { decodeHostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import { commandStatus } from '../../../core/mailbox/acknowledge.ts';
import type { Operation } from '../call.ts';
import { requireOwnHost } from '../caller.ts';

/**
 * Tells a host that is at work whether the work is still wanted: `Failed` means that it was withdrawn. Writes nothing.
 * @throws AccessDenied
 */
export const postHostCommandUpdate: Operation<PostHostCommandUpdateInput, CommandStatusOutput> = async (
  input,
  { caller },
  { hosts },
) => {
  const command = decodeHostCommandIdentifier(input.HostCommandIdentifier);
  if (!command) return { CommandStatus: 'Failed' };
  const { instanceId } = requireOwnHost(caller, command.hostId);

  const host = await hosts.byId(instanceId);
  return { CommandStatus: commandStatus(host?.leg, command) };
};
