import type { Host } from '../../../adapters/table/hosts.ts';
import { expiresAt } from '../../../adapters/table/keys.ts';
import type { PollHostCommandInput, PollHostCommandOutput } from '../../../core/command-protocol.ts';
import type { HostIdentifier } from '../../../core/identifiers.ts';
import { type AgentKind, handedOutCommand, handOut, remainingEvents } from '../../../core/mailbox/hand-out.ts';
import { type Leg, legOutcome } from '../../../core/mailbox/leg.ts';
import { noteProgress } from '../../../core/mailbox/note-progress.ts';
import { pollAfterSeconds } from '../../../core/poll-pace.ts';
import { isLifecycleAction } from '../../../core/target-request.ts';
import type { Target } from '../../../core/target.ts';
import { answerLeg } from '../../answer-leg.ts';
import type { Call, Operation, Ports } from '../call.ts';
import { requireOwnHost, requireRole } from '../caller.ts';
import { hostCommandIn } from '../host-command.ts';
import { specificationFor } from '../specification-for.ts';

/**
 * Hands the host its next command, if there is one.
 * @throws AccessDenied
 */
export const pollHostCommand: Operation<PollHostCommandInput, PollHostCommandOutput> = async (input, call, ports) => {
  const named = requireOwnHost(call.caller, input.HostIdentifier);
  const host = await ports.hosts.byId(named.instanceId, { mayBeStale: true });
  if (host) await keep(host, ports);
  const pace = paceOf(host, input);
  const handed = host?.leg && (await fetchCommand(host.leg, named, call, ports));
  if (!handed) return { Slipway: { PollAfterSeconds: pace } };

  const { leg, target } = handed;
  const command = hostCommandIn(leg, named);
  return {
    ...(command && { HostCommand: command }),
    Slipway: {
      PollAfterSeconds: pace,
      RemainingEvents: remainingEvents(leg),
      // AWS's agent asks for its specification by itself, and takes only a signed one.
      ...(call.agent === 'slipway' && {
        DeploymentSpecification: { GenericEnvelope: await specificationFor(call.agent, target, ports) },
      }),
    },
  };
};

/** Hands out the current command of the leg, unless there is a reason not to. */
async function fetchCommand(
  leg: Leg,
  { instanceId }: HostIdentifier,
  { caller, agent }: Call,
  ports: Ports,
): Promise<{ leg: Leg; target: Target } | undefined> {
  requireRole(caller, leg);
  const outcome = legOutcome(leg);
  if (outcome !== undefined) {
    // Still here, so perhaps nobody told the deploy lane: the call that should have may have crashed.
    await answerLeg(ports, instanceId, leg, { status: outcome });
    return undefined;
  }
  const target = await ports.targets.byId({ deploymentId: leg.deploymentId, instanceId });
  if (!target || target.stop || target.settlement) {
    // Our agent asks with empty hands; AWS's asks on while it works, and may still be at an event of it.
    if (agent === 'slipway' || leg.handedOut === undefined)
      await ports.mailboxes.withdraw(instanceId, leg.deploymentId);
    else await noteSignOfLife(leg, agent, instanceId, ports);
    return undefined;
  }
  const next = handOut(leg, agent, ports.clock());
  if (next === 'unchanged') {
    await noteSignOfLife(leg, agent, instanceId, ports);
    return undefined;
  }
  if ((await ports.mailboxes.change(instanceId, leg, next)) === 'refused') return undefined;
  noteFirstCommand(next, target, ports);
  return { leg: next, target };
}

/** AWS's agent tells no progress, but asks on while it works: that is as good. */
async function noteSignOfLife(
  leg: Leg,
  agent: AgentKind,
  instanceId: string,
  { mailboxes, clock }: Ports,
): Promise<void> {
  const command =
    agent === 'aws' && leg.handedOut?.acknowledgedAttempt !== undefined && handedOutCommand(leg, instanceId);
  const noted = command ? noteProgress(leg, command, clock()) : 'unchanged';
  if (noted !== 'unchanged') await mailboxes.change(instanceId, leg, noted);
}

function noteFirstCommand(leg: Leg, { request, deploymentId, instanceId }: Target, { telemetry, clock }: Ports): void {
  if (leg.legNumber > 1 || leg.results.length > 0 || leg.handedOut?.attempt !== 1) return;
  // A second deployment of the same action has waited for the first, not for its host.
  const noticedAt = isLifecycleAction(request) && (request.turn ?? 1) === 1 ? request.noticedAt : undefined;
  const seconds = noticedAt === undefined ? undefined : (clock() - Date.parse(noticedAt)) / 1000;
  if (seconds !== undefined) telemetry.measure('SecondsFromNoticeToFirstCommand', seconds);
  telemetry.info('first command handed out', { deploymentId, instanceId, seconds });
}

function paceOf(host: Host | undefined, { Slipway }: PollHostCommandInput): number {
  return pollAfterSeconds({
    hasLeg: host?.leg !== undefined,
    hasInstallation: host?.hasInstallation ?? false,
    ...(Slipway && { uptimeSeconds: Slipway.UptimeSeconds }),
  });
}

const RENEW_AFTER_SECONDS = 30 * 24 * 3600;

/** A host that still polls must not be forgotten; once a month is often enough. */
async function keep(host: Host, { hosts, clock }: Ports): Promise<void> {
  if (host.leaving === undefined && expiresAt(clock()) - host.expiresAt > RENEW_AFTER_SECONDS) {
    await hosts.keep(host.instanceId);
  }
}
