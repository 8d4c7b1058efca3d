import type { HostCommand } from '../../core/command-protocol.ts';
import { encodeHostCommandIdentifier } from '../../core/host-command-identifier.ts';
import { deploymentExecutionIdFor, type HostIdentifier } from '../../core/identifiers.ts';
import { handedOutCommand } from '../../core/mailbox/hand-out.ts';
import type { Leg } from '../../core/mailbox/leg.ts';

/** The current command as it goes to the host; undefined while none is handed out. */
export function hostCommandIn(leg: Leg, host: HostIdentifier): HostCommand | undefined {
  const command = handedOutCommand(leg, host.arn);
  return (
    command && {
      HostCommandIdentifier: encodeHostCommandIdentifier(command),
      HostIdentifier: host.arn,
      DeploymentExecutionId: deploymentExecutionIdFor(leg.deploymentId, host),
      CommandName: command.commandName,
      Nonce: leg.version,
    }
  );
}
