import { answer } from '../../lambdas/commands/answer.ts';
import type { UrlEvent } from '../../lambdas/commands/caller.ts';
import { settleDeadExecution, type DeadExecution } from '../../lambdas/dead-execution/settle-dead-execution.ts';
import { type DeadFleet, settleDeadFleet } from '../../lambdas/fleet/settle-dead-fleet.ts';
import { carryOut as carryOutFleetStep, type FleetStep } from '../../lambdas/fleet/step.ts';
import { watchHost } from '../../lambdas/heartbeat/watch-host.ts';
import { admit } from '../../lambdas/hook-consumer/admit.ts';
import { type MoveTrafficRequest, moveTraffic } from '../../lambdas/traffic/move-traffic.ts';
import { carryOut, type StepRequest } from '../../lambdas/orchestrator/step.ts';
import { stopFleet } from '../../api/deployments/stop-fleet.ts';
import { windDown } from '../../lambdas/fleet/steps/wind-down.ts';
import type { FleetDeploymentOrder, StopRequest } from '../../core/fleet-deployment.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { TargetRequest } from '../../core/target-request.ts';
import { resumeLaunches } from '../../lambdas/launch-guard/resume-launches.ts';
import type { Clock } from '../../rehearsal/clock.ts';
import type { InvocationFault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { Edges } from '../life/edges.ts';
import { Invocation } from './invocation.ts';
import { connect, type EnginePorts, type Services } from './ports.ts';

/** What each function does with what it is given: what its handler would call. */
const WORK = {
  'hook-consumer': (body: string, ports: EnginePorts): Promise<unknown> =>
    admit(body, { executions: ports.instanceExecutions, telemetry: ports.telemetry }),
  orchestrator: (step: StepRequest, ports: EnginePorts): Promise<unknown> => carryOut(step, ports),
  heartbeat: ({ request }: { readonly request: TargetRequest }, ports: EnginePorts): Promise<unknown> =>
    watchHost(request, ports),
  traffic: (event: MoveTrafficRequest, ports: EnginePorts): Promise<unknown> => moveTraffic(event, ports),
  fleet: (event: FleetStep | DeadFleet, ports: EnginePorts): Promise<unknown> =>
    'detail' in event ? settleDeadFleet(event, ports) : carryOutFleetStep(event, ports),
  'dead-execution': (event: DeadExecution, ports: EnginePorts): Promise<unknown> => settleDeadExecution(event, ports),
  commands: (event: UrlEvent, ports: EnginePorts): Promise<unknown> =>
    answer(event, {
      ...ports,
      installationKeys: () => Promise.reject(new Error('No agent here asks for a signature')),
    }),
  /** The operations of the API that set something going. */
  api: (call: ApiCall, ports: EnginePorts): Promise<unknown> => {
    if ('order' in call) return createDeployment(call.order, ports);
    return 'resume' in call ? resumeLaunches(call.resume, ports) : stop(call, ports);
  },
};

export type FunctionName = keyof typeof WORK;
type EventOf<Name extends FunctionName> = Parameters<(typeof WORK)[Name]>[0];

export type ApiCall =
  | { readonly order: FleetDeploymentOrder }
  | { readonly resume: DeploymentGroupName }
  | { readonly deploymentId: string; readonly request: StopRequest };

async function createDeployment(order: FleetDeploymentOrder, ports: EnginePorts): Promise<'created' | 'taken'> {
  const { activeDeploymentId } = await ports.deployments.create(order);
  if (activeDeploymentId !== order.deploymentId) return 'taken';
  await ports.executions.start(order.deploymentId, { deploymentId: order.deploymentId });
  return 'created';
}

function stop({ deploymentId, request }: Extract<ApiCall, { request: unknown }>, ports: EnginePorts): Promise<string> {
  return stopFleet(deploymentId, request, {
    ...ports,
    fleetDeployments: ports.deployments,
    fleetExecutions: ports.executions,
    windDown: (id, reason) => windDown(id, reason, ports),
  });
}

/** What whoever invokes a function is told when Lambda itself fails. */
class LambdaFailed extends Error {
  override readonly name = 'Lambda.SdkClientException';
}

const INVOCATION_FAULTS: Readonly<Record<InvocationFault, number>> = {
  'invocation throttled': 1,
  'result lost': 1,
  'invoked twice': 2,
};

/** What a state machine asks a function for, as moments go, and of which instance. */
function edgeOf(event: unknown): Parameters<Edges['pass']> {
  if (typeof event !== 'object' || event === null) return [''];
  const { step, event: move, request } = event as Partial<StepRequest> & Partial<MoveTrafficRequest>;
  return [step ?? (typeof move === 'string' ? move : ''), request?.instanceId];
}

/** Clocks of two functions differ by less than this. */
const MOST_SKEW_MS = 1500;

/** Lambda, with the engine's functions. */
export class Functions {
  readonly #services: Services;
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #edges: Edges;
  readonly #skews = new Map<FunctionName, number>();

  /** @param edges told of each step that is invoked */
  constructor(services: Services, clock: Clock, faults: Faults, edges: Edges) {
    this.#edges = edges;
    this.#services = services;
    this.#clock = clock;
    this.#faults = faults;
    for (const name of Object.keys(WORK) as FunctionName[]) {
      this.#skews.set(name, faults.lots.between(-MOST_SKEW_MS, MOST_SKEW_MS));
    }
  }

  /**
   * Invokes a function.
   * @param options.unharmed for an attempt behind which there is no other
   * @throws what the function throws, FunctionKilled, LambdaFailed
   */
  async invoke<Name extends FunctionName>(
    name: Name,
    event: EventOf<Name>,
    { unharmed = false } = {},
  ): Promise<unknown> {
    const faults = unharmed ? undefined : this.#faults;
    await this.#clock.sleep(this.#faults.lots.between(2, 60));
    this.#edges.pass(...edgeOf(event));
    const fault = faults?.among(faults.weather.invocation, INVOCATION_FAULTS);
    if (fault === 'invocation throttled') throw new LambdaFailed('Rate Exceeded.');
    if (fault === 'invoked twice' || faults?.areTwo) void this.#runLater(name, event);
    const result = await this.#run(name, event, faults);
    if (fault === 'result lost') throw new LambdaFailed('Unable to execute HTTP request: Read timed out');
    return result;
  }

  #run<Name extends FunctionName>(name: Name, event: EventOf<Name>, faults: Faults | undefined): Promise<unknown> {
    const invocation = new Invocation(this.#clock, faults);
    const skewMs = this.#skews.get(name) ?? 0;
    const ports = connect(this.#services, invocation, () => this.#clock.now() + skewMs);
    const work = WORK[name] as (event: EventOf<Name>, ports: EnginePorts) => Promise<unknown>;
    return Promise.race([work(structuredClone(event), ports), invocation.killed]);
  }

  async #runLater<Name extends FunctionName>(name: Name, event: EventOf<Name>): Promise<void> {
    await this.#clock.sleep(this.#faults.lots.between(0, 3000));
    await this.#run(name, event, this.#faults).catch(() => undefined); // nobody hears it
  }
}
