import type { MinimumHealthyHosts, ZonalConfig } from '../../../core/deployment-configs/deployment-config.ts';
import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import { complete } from '../../../core/mailbox/complete.ts';
import { handOut } from '../../../core/mailbox/hand-out.ts';
import { legOutcome, newLeg } from '../../../core/mailbox/leg.ts';
import type { InPlaceRequest } from '../../../core/target-request.ts';
import { settleDeadExecution } from '../../../lambdas/dead-execution/settle-dead-execution.ts';
import type { FleetOutcome } from '../../../lambdas/fleet/steps/end-fleet.ts';
import type { LookAfterFleet } from '../../../lambdas/fleet/steps/look-after-fleet.ts';
import type { OpenedFleet } from '../../../lambdas/fleet/steps/open-fleet.ts';
import type { OpenedZone } from '../../../lambdas/fleet/steps/open-zone.ts';
import { carryOut as carryOutFleetStep, type FleetStep } from '../../../lambdas/fleet/step.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import type { OpenedDeployment } from '../../../lambdas/orchestrator/steps/open-deployment.ts';
import { stopTheWork } from '../../../lambdas/orchestrator/steps/stop-the-work.ts';
import { MemoryDocuments } from '../../adapters/table/memory/memory-documents.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { aDeploymentGroup, DECLARED_BY } from '../doubles/builders.ts';
import { Crash } from '../doubles/crash.ts';
import { MemoryStandbyGroups, MemoryStandbyNotes } from '../doubles/memory-standby.ts';
import { MemoryTable } from '../doubles/memory-table.ts';
import {
  NOON,
  RecordedExecutions,
  RecordedLifecycleActions,
  RecordedNotifications,
  RecordedTaskTokens,
  RecordedTelemetry,
} from '../doubles/recorded-engine.ts';
import { Interleaving } from './interleaving.ts';

/** A fleet, what will become of its targets, and how restless its surroundings are. */
export interface Scenario {
  /** A letter per host: its zone. */
  readonly zones: string;
  readonly minimumHealthyHosts: MinimumHealthyHosts;
  readonly zonalConfig: ZonalConfig | undefined;
  /** Of a hundred targets: how many fail, never answer, lose their host on the way or before, or break off. */
  readonly failing: number;
  readonly silent: number;
  readonly leaving: number;
  readonly departed: number;
  readonly breaking: number;
  /** Of a hundred calls of a function: how many crash on the way, and how many are made twice at once. */
  readonly crashing: number;
  readonly doubled: number;
  /** Whether a user stops the deployment on its way. */
  readonly stopped: boolean;
  /** Decides everything that is left to chance. */
  readonly seed: number;
}

type Fate = 'Succeeded' | 'Failed' | 'Silent' | 'Gone' | 'Departed' | 'Broken';

export const DEPLOYMENT = 'd-FLEET0001';

/** What is on record of a target. */
export interface TargetRecord {
  readonly instanceId: string;
  readonly status: string;
  readonly revision?: unknown;
  readonly stop?: { readonly kind: string };
  readonly lifecycleEvents: readonly { readonly status: string }[];
  readonly request: { readonly targetNumber: number };
}

/** The execution of the fleet was aborted: what waits for its turn ends where it is. */
class Aborted extends Error {}

/**
 * Both state machines as far as they decide on places, in the words of this process, with the functions that ship and
 * the adapters that ship: children ask for a place, work, and settle; every call may crash, be made twice, or come late.
 */
export class FleetLife {
  readonly scenario: Scenario;
  readonly hostIds: readonly string[];
  readonly table: MemoryTable;
  readonly documents = new MemoryDocuments();
  readonly interleaving: Interleaving;
  readonly #watch: () => void;
  readonly #outside = {
    lifecycleActions: new RecordedLifecycleActions(),
    taskTokens: new RecordedTaskTokens(),
    notifications: new RecordedNotifications(),
    telemetry: new RecordedTelemetry(),
    executions: new RecordedExecutions(),
    standbyGroups: new MemoryStandbyGroups(),
    standbyNotes: new MemoryStandbyNotes(),
  };
  #isAborted = false;

  /** @param watch is told of every call to the table */
  constructor(scenario: Scenario, watch: (life: FleetLife) => void = () => undefined) {
    const { zones, seed } = scenario;
    this.scenario = scenario;
    this.hostIds = Array.from(zones, (_, number) => `i-${String(number).padStart(4, '0')}`);
    this.interleaving = new Interleaving(seed, 5_000 + zones.length * 2_000);
    this.table = new MemoryTable(this.#clock, this.documents);
    this.#watch = () => {
      watch(this);
    };
  }

  readonly #clock = (): number => NOON + Math.floor(this.interleaving.calls) * 5;

  /** The records of targets, as they are at this moment. */
  records(): readonly TargetRecord[] {
    return this.documents
      .itemsOf(`DEPLOYMENT#${DEPLOYMENT}`)
      .filter(({ sk }) => String(sk).startsWith('TARGET#')) as unknown as readonly TargetRecord[];
  }

  zoneOf(instanceId: string): string {
    return this.scenario.zones.charAt(this.hostIds.indexOf(instanceId));
  }

  /** Plays the deployment to its end, and all that comes late. */
  async play(): Promise<FleetOutcome> {
    await this.table.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
    const { minimumHealthyHosts, zonalConfig } = this.scenario;
    await this.table.deployments.create(
      aFleetDeployment({
        minimumHealthyHosts,
        ...(zonalConfig && { zonalConfig }),
        outdatedInstancesStrategy: 'IGNORE',
      }),
    );
    return this.interleaving.play(this.#fleetMachine());
  }

  async #fleetMachine(): Promise<FleetOutcome> {
    const opened = (await this.#fleetStep({ step: 'openFleet' })) as OpenedFleet;
    const { request, settlement } = opened;
    if (opened.decision === 'Roll' && request) await this.#roll(request);
    return (await this.#fleetStep({ step: 'endFleet', settlement, error: null })) as FleetOutcome;
  }

  /** Both lanes; the one that watches may end the other. */
  async #roll(request: Omit<InPlaceRequest, 'instanceId'>): Promise<void> {
    let isRolled = false;
    const watch = async (): Promise<void> => {
      while (!isRolled) {
        const { finding } = (await this.#fleetStep({ step: 'lookAfterFleet' })) as LookAfterFleet;
        if (finding === 'Settled') return;
        if (finding === 'Over') {
          this.#isAborted = true;
          return;
        }
        await this.interleaving.pause();
      }
    };
    if (this.scenario.stopped) this.interleaving.aside(this.#stopSomeTime());
    this.interleaving.aside(watch());
    await this.#rollLane(request).catch((error: unknown) => {
      if (!(error instanceof Aborted)) throw error;
    });
    isRolled = true;
  }

  async #rollLane(request: Omit<InPlaceRequest, 'instanceId'>): Promise<void> {
    for (let zone: number | null = 0; zone !== null;) {
      const opened = (await this.#fleetStep({ step: 'openZone', zone })) as OpenedZone;
      const requests = opened.targets.map((instanceId, place) => ({
        ...request,
        instanceId,
        targetNumber: opened.firstNumber + place,
      }));
      const lanes = Array.from({ length: opened.concurrency }, async () => {
        for (let next = requests.shift(); next && !this.#isAborted; next = requests.shift()) await this.#child(next);
      });
      await Promise.all(lanes);
      if (this.#isAborted) throw new Aborted();
      zone = opened.isOpen ? opened.nextZone : null;
    }
    await this.#fleetStep({ step: 'closeFleet' });
  }

  /** One target: the machine `InstanceDeployment`. */
  async #child(request: InPlaceRequest): Promise<void> {
    const fate = this.#fate();
    if (fate === 'Broken') {
      await this.#settle(request, 'Broken');
      return;
    }
    if (fate === 'Departed') await this.#engine().hosts.leave(request.instanceId, 'd-FAREWELL0');
    try {
      const opened = (await this.#hostStep({ step: 'openDeployment', request })) as OpenedDeployment;
      if (opened.decision === 'Finish') return;
    } catch (error) {
      if (!(error instanceof Aborted)) throw error;
      await this.#die(request);
      return;
    }
    await this.#work(request, fate);
    await this.#settle(request, null);
  }

  #fate(): Fate {
    const { failing, silent, leaving, departed, breaking } = this.scenario;
    const fates = { Failed: failing, Silent: silent, Gone: leaving, Departed: departed, Broken: breaking } as const;
    let lot = this.interleaving.below(100);
    for (const [fate, share] of Object.entries(fates)) if ((lot -= share) < 0) return fate as keyof typeof fates;
    return 'Succeeded';
  }

  /** What the host does with its leg of two events. */
  async #work({ deploymentId, instanceId }: InPlaceRequest, fate: Fate): Promise<void> {
    const engine = this.#engine();
    if (fate === 'Silent' || fate === 'Gone') {
      const kind = fate === 'Silent' ? 'HostAgentSilent' : 'Superseded';
      const leg = handOut(
        newLeg({ deploymentId, legNumber: 1, events: ['Install'], toleratedFailures: [] }, 0),
        'aws',
        0,
      );
      if (leg !== 'unchanged' && this.interleaving.below(2) === 0)
        await engine.mailboxes.place(instanceId, leg, 'in-place');
      await stopTheWork({ deploymentId, instanceId }, { kind, reason: 'chance' }, engine);
      return;
    }
    const events = ['Install', 'ValidateService'] as const;
    const leg = newLeg({ deploymentId, legNumber: 1, events, toleratedFailures: [] }, this.#clock());
    await engine.mailboxes.place(instanceId, leg, 'in-place');
    for (;;) {
      const before = (await engine.hosts.byId(instanceId))?.leg;
      if (before?.deploymentId !== deploymentId || legOutcome(before)) return;
      const index = before.results.length;
      const commandName = events[index] ?? 'Install';
      const taken = handOut(before, 'slipway', this.#clock());
      const after =
        before.handedOut || taken === 'unchanged'
          ? complete(
              before,
              { deploymentId, legNumber: 1, index, commandName, hostId: instanceId, attempt: 1 },
              report(fate),
              this.#clock(),
            )
          : taken;
      if (after !== 'unchanged') await engine.mailboxes.change(instanceId, before, after);
    }
  }

  #settle(request: InPlaceRequest, error: string | null): Promise<unknown> {
    return this.#hostStep({ step: 'settleAndRelease', request, error: error === null ? null : { Error: error } });
  }

  /** An execution that was ended from outside while its target waited for its turn. */
  #die(request: InPlaceRequest): Promise<unknown> {
    const detail = { status: 'ABORTED', input: JSON.stringify(request) } as const;
    return this.#call(() => settleDeadExecution({ detail }, this.#engine()));
  }

  async #stopSomeTime(): Promise<void> {
    for (let patience = this.interleaving.below(30); patience > 0; patience -= 1) await this.interleaving.pause();
    const { deployments, fleets } = this.#engine();
    await deployments.requestStop(DEPLOYMENT, { atMs: this.#clock() });
    if (await fleets.places(DEPLOYMENT)) await fleets.end(DEPLOYMENT, stoppedByRequest());
  }

  #fleetStep(step: Record<string, unknown>): Promise<unknown> {
    const request = { deploymentId: DEPLOYMENT, ...step } as FleetStep;
    return this.#call((crashAt) => carryOutFleetStep(request, this.#engine(crashAt)));
  }

  #hostStep(step: Parameters<typeof carryOut>[0]): Promise<unknown> {
    return this.#call((crashAt) => carryOut(step, this.#engine(crashAt)));
  }

  /** One state that calls a function: tried again after a crash or a refusal, and sometimes called twice at once. */
  async #call(invoke: (crashAt: number) => Promise<unknown>): Promise<unknown> {
    const { crashing, doubled } = this.scenario;
    if (this.interleaving.below(100) < doubled)
      this.interleaving.aside(invoke(this.interleaving.below(8) + 1).catch(() => undefined)); // nobody hears it
    for (let tries = 1, faults = 0; ; tries += 1) {
      try {
        const isToCrash = tries < 4 && this.interleaving.below(100) < crashing;
        return await invoke(isToCrash ? this.interleaving.below(12) + 1 : Infinity);
      } catch (error) {
        const name = error instanceof Error ? error.name : '';
        if (this.#isAborted && name === 'FleetIsFull') throw new Aborted();
        if (!EXPECTED.includes(name) && (faults += 1) > MOST_FAULTS) throw error;
        await this.interleaving.pause();
      }
    }
  }

  #engine(crashAt = Infinity) {
    const documents = this.documents.seenThrough(this.interleaving.around(crashAt, this.#watch));
    const table = new MemoryTable(this.#clock, documents);
    const { surroundings, targets, hosts, mailboxes, sharedActions, rollouts } = table;
    const { fleets, fleetTargets, stackRequests, deploymentGroups, groups, deployments } = table;
    const members = this.hostIds.map((instanceId) => ({
      instanceId,
      lifecycleState: 'InService',
      zone: this.zoneOf(instanceId),
    }));
    return {
      ...this.#outside,
      ...{
        surroundings,
        targets,
        hosts,
        mailboxes,
        sharedActions,
        rollouts,
        fleets,
        fleetTargets,
        stackRequests,
        deploymentGroups,
        groups,
        deployments,
      },
      clock: this.#clock,
      respond: () => Promise.resolve('answered' as const),
      instances: { tagged: () => Promise.resolve([]), gone: () => Promise.resolve([]) },
      alarms: { read: () => Promise.resolve({ kind: 'read' as const, ringing: [] }) },
      launches: { settled: () => Promise.resolve(), refused: () => Promise.resolve() },
      launchGuards: this.table.launchGuards,
      autoScalingGroups: {
        describe: () => Promise.resolve([{ autoScalingGroupName: 'web-blue', members, suspended: [] }]),
        suspend: () => Promise.resolve('done' as const),
        resume: () => Promise.resolve('done' as const),
      },
    };
  }
}

function report(fate: Fate) {
  const diagnostics = { errorCode: 'Success', scriptName: '', message: '', logTail: '' } as const;
  return { status: fate === 'Failed' ? 'Failed' : 'Succeeded', diagnostics, noopEvents: [] } as const;
}

/** Errors that are answers: the state machines ask again until there is another. */
const EXPECTED = ['FleetIsFull', 'WaveIsBusy', 'TargetsInProgress', Crash.name];

/** Of any other error that the state machines bear. */
const MOST_FAULTS = 12;
