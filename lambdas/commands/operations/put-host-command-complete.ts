import type { PutHostCommandCompleteInput, PutHostCommandCompleteOutput } from '../../../core/command-protocol.ts';
import { readDiagnostics } from '../../../core/diagnostics.ts';
import { decodeHostCommandIdentifier, type HostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import type { HostIdentifier } from '../../../core/identifiers.ts';
import { complete, type Report } from '../../../core/mailbox/complete.ts';
import { handOut, remainingEvents } from '../../../core/mailbox/hand-out.ts';
import { type Leg, legOutcome } from '../../../core/mailbox/leg.ts';
import { pollAfterSeconds } from '../../../core/poll-pace.ts';
import { answerLeg } from '../../answer-leg.ts';
import type { Call, Operation, Ports } from '../call.ts';
import { requireOwnHost } from '../caller.ts';
import { changeMailbox } from '../change-mailbox.ts';
import { hostCommandIn } from '../host-command.ts';

/**
 * Takes the host's report of a command. Reports that come twice, late or for withdrawn work are taken as well and
 * change nothing: a refusal would make an agent turn its success into a failure, or repeat it for a day.
 * The end of a leg wakes the deploy lane; before that, an agent of ours is given the next command right away.
 * @throws AccessDenied
 */
export const putHostCommandComplete: Operation<PutHostCommandCompleteInput, PutHostCommandCompleteOutput> = async (
  input,
  call,
  ports,
) => {
  const command = decodeHostCommandIdentifier(input.HostCommandIdentifier);
  if (!command) {
    ports.telemetry.warn('report of an unknown command', { instanceId: call.caller.sessionName });
    return {};
  }
  const host = requireOwnHost(call.caller, command.hostId);

  const leg = await takeReport(command, reportIn(input), call, ports);
  const outcome = leg && legOutcome(leg);
  if (leg && outcome) await answerLeg(ports, host.instanceId, leg, { status: outcome });
  return call.agent === 'slipway' ? nextCommand(leg, host) : {};
};

function reportIn({ CommandStatus, Diagnostics, Slipway }: PutHostCommandCompleteInput): Report {
  return {
    status: CommandStatus === 'Succeeded' ? 'Succeeded' : 'Failed',
    diagnostics: readDiagnostics(Diagnostics?.Payload),
    noopEvents: Slipway?.NoopEvents ?? [],
  };
}

/** @returns the command's leg as it is now; undefined when the mailbox no longer holds it */
async function takeReport(
  command: HostCommandIdentifier,
  report: Report,
  { caller, agent }: Call,
  ports: Ports,
): Promise<Leg | undefined> {
  const { telemetry, clock } = ports;
  const { deploymentId, commandName } = command;
  let isNews = false;
  const leg = await changeMailbox(ports, caller, (before) => {
    const after = complete(before, command, report, clock());
    isNews = after !== 'unchanged';
    return after !== 'unchanged' && agent === 'slipway' ? withNextHandedOut(after, clock()) : after;
  });
  const { errorCode } = report.diagnostics;
  const what = isNews ? 'lifecycle event reported' : 'report changed nothing';
  telemetry.info(what, {
    deploymentId,
    instanceId: caller.sessionName,
    lifecycleEvent: commandName,
    status: report.status,
    errorCode,
  });
  return leg?.deploymentId === deploymentId && leg.legNumber === command.legNumber ? leg : undefined;
}

/** One write takes the report and hands out what follows. */
function withNextHandedOut(leg: Leg, nowMs: number): Leg {
  const next = handOut(leg, 'slipway', nowMs);
  return next === 'unchanged' ? leg : next;
}

/** The leg's command now. A repeated report gets the same answer again: the first may have been lost. */
function nextCommand(leg: Leg | undefined, host: HostIdentifier): PutHostCommandCompleteOutput {
  const command = leg && hostCommandIn(leg, host);
  return {
    Slipway: {
      HostCommand: command ?? null,
      RemainingEvents: leg && command ? remainingEvents(leg) : [],
      PollAfterSeconds: pollAfterSeconds({ hasLeg: leg !== undefined, hasInstallation: true }),
    },
  };
}
