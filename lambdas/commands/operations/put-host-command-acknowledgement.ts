import type { CommandStatusOutput, PutHostCommandAcknowledgementInput } from '../../../core/command-protocol.ts';
import { decodeHostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import { acknowledge, type CommandStatus } from '../../../core/mailbox/acknowledge.ts';
import type { Operation } from '../call.ts';
import { requireOwnHost } from '../caller.ts';
import { changeMailbox } from '../change-mailbox.ts';

/**
 * Takes note that the host is about to run a command, and tells it whether it should.
 * @throws AccessDenied
 */
export const putHostCommandAcknowledgement: Operation<PutHostCommandAcknowledgementInput, CommandStatusOutput> = async (
  input,
  { caller },
  ports,
) => {
  const command = decodeHostCommandIdentifier(input.HostCommandIdentifier);
  if (!command) return { CommandStatus: 'Failed' };
  requireOwnHost(caller, command.hostId);

  let status: CommandStatus = 'Failed';
  await changeMailbox(ports, caller, (leg) => {
    const acknowledgement = acknowledge(leg, command);
    status = acknowledgement.status;
    return acknowledgement.leg;
  });
  return { CommandStatus: status };
};
