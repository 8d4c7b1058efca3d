import { Agent } from 'node:http';
import type { Ground } from '../part.ts';
import type { Host, HostProvider, HostSpecification } from './host.ts';
import { instanceRole } from './instance-role.ts';
import { loopbackAddresses } from './machine/loopback-addresses.ts';
import { SimulatedApplication } from './simulated/application.ts';
import { CommandService } from './simulated/command-service.ts';
import type { Connections } from './simulated/command-service.ts';
import { findControlEndpoint } from './simulated/control-endpoint.ts';
import type { OutcomeRule } from './simulated/outcome.ts';
import { SimulatedAgent } from './simulated/simulated-agent.ts';
import { trafficPorts } from './simulated/traffic-ports.ts';

/** How the hosts of a storm behave. */
export interface SimulatedHostsOptions {
  /** Rehearsed milliseconds from the instance's start until its agent polls for the first time. @default 0 */
  readonly bootMs?: number;
  /** Rehearsed milliseconds that a lifecycle event takes, those reported as no-ops apart. @default 0 */
  readonly eventMs?: number | ((instanceId: string) => number);
  /**
   * Longest pause between two polls of a host, in wall milliseconds: a storm should wait for the engine, not for hosts
   * that look away. Shorter pauses that the command service asks for are kept, in rehearsed time. @default 1000
   */
  readonly longestPollPauseMs?: number;
  /** @default every event succeeds */
  readonly outcome?: OutcomeRule;
  /** Connections at the same time, for polls and for completions each. @default 64 */
  readonly connections?: number;
}

/**
 * Hosts without processes, thousands in this one: each speaks the real protocol of the command service with the
 * credentials of its role, but runs no scripts. Of its application there is what a load balancer sees: an answer on its
 * address while it runs.
 */
export function createSimulatedHosts(ground: Ground, options: SimulatedHostsOptions = {}): HostProvider {
  const {
    bootMs = 0,
    eventMs = 0,
    longestPollPauseMs = 1000,
    outcome = () => 'succeed',
    connections: maxSockets = 64,
  } = options;
  const addresses = loopbackAddresses();
  const connections: Connections = {
    polls: new Agent({ keepAlive: true, maxSockets }),
    completions: new Agent({ keepAlive: true, maxSockets }),
  };
  const running = new Map<string, Host>();
  const warn = warnOnce(ground);
  const ports = trafficPorts(ground);

  const startAgent = (
    specification: HostSpecification,
    application: SimulatedApplication,
    signal: AbortSignal,
  ): Promise<void> => {
    const { instanceId } = specification;
    const url = findControlEndpoint(specification.userData);
    const role = instanceRole(ground, specification);
    if (url === undefined || role === undefined) {
      warn(
        `${url === undefined ? 'Their user data names no deploy_control_endpoint' : 'They have no role'}, so they stay silent.`,
      );
      return Promise.resolve();
    }
    const { region, accountId, clock } = ground;
    const agent = new SimulatedAgent({
      hostIdentifier: `arn:aws:ec2:${region}:${accountId}:instance/${instanceId}`,
      service: new CommandService({ url, region, role, clock, connections, signal }),
      clock,
      behaviour: {
        bootMs,
        eventMs: typeof eventMs === 'number' ? () => eventMs : () => eventMs(instanceId),
        longestPollPauseMs,
        outcome: (event) => outcome(instanceId, event),
        succeeded: (event, deployment) => application.after(event, deployment),
        warn,
      },
      signal,
    });
    return agent.run();
  };

  const start = (specification: HostSpecification): Host => {
    const { instanceId } = specification;
    const privateIpAddress = addresses.next().value;
    const application = new SimulatedApplication({ address: privateIpAddress, ports, warn });
    const live = (): Life => {
      const life = new AbortController();
      const ended = startAgent(specification, application, life.signal).catch((error: unknown) => {
        if (!life.signal.aborted) warn(`An agent broke: ${String(error)}`);
      });
      return { life, ended };
    };
    let current: Life | undefined = live();
    const stop = async (): Promise<void> => {
      const before = current;
      current = undefined;
      before?.life.abort();
      await before?.ended;
      application.stop();
    };
    return {
      instanceId,
      privateIpAddress,
      stop,
      boot: () => {
        current ??= live();
        return Promise.resolve();
      },
      terminate: () => {
        running.delete(instanceId);
        return stop();
      },
    };
  };

  return {
    start: (specification) => {
      const host = start(specification);
      running.set(host.instanceId, host);
      return Promise.resolve(host);
    },
    close: async () => {
      await Promise.all([...running.values()].map((host) => host.terminate()));
      connections.polls.destroy();
      connections.completions.destroy();
    },
  };
}

/** An agent from one boot of its machine to the end of that. */
interface Life {
  readonly life: AbortController;
  readonly ended: Promise<void>;
}

/** A thousand hosts with the same complaint are one warning. */
function warnOnce({ journal }: Ground): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    journal.record({ kind: 'warning', message: `Simulated hosts: ${message}` });
  };
}
