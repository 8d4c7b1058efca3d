import type { PostHostCommandUpdateInput, PostHostCommandUpdateOutput } from '../../../core/command-protocol.ts';
import { decodeHostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import { commandStatus } from '../../../core/mailbox/acknowledge.ts';
import { noteProgress } from '../../../core/mailbox/note-progress.ts';
import type { Operation } from '../call.ts';
import { requireOwnHost } from '../caller.ts';
import { changeMailbox } from '../change-mailbox.ts';

const REPORT_AFTER_SECONDS = 60;

/**
 * Tells a host that is at work whether the work is still wanted: `Failed` means that it was withdrawn. Takes note, every
 * other time, that the host is alive.
 * @throws AccessDenied
 */
export const postHostCommandUpdate: Operation<PostHostCommandUpdateInput, PostHostCommandUpdateOutput> = async (
  input,
  { caller, agent },
  ports,
) => {
  const command = decodeHostCommandIdentifier(input.HostCommandIdentifier);
  if (!command) return { CommandStatus: 'Failed' };
  requireOwnHost(caller, command.hostId);

  const leg = await changeMailbox(ports, caller, (before) => noteProgress(before, command, ports.clock()));
  return {
    CommandStatus: commandStatus(leg, command),
    ...(agent === 'slipway' && { Slipway: { ReportAfterSeconds: REPORT_AFTER_SECONDS } }),
  };
};
