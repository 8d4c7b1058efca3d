import { randomUUID } from 'node:crypto';
import type { Ground } from '../part.ts';
import { announce } from './announce.ts';
import type { TaskServices } from './integrations/integration.ts';
import { Integrations } from './integrations/integrations.ts';
import type { Json } from './language/json.ts';
import { StatesError } from './language/states-error.ts';
import type { Engine } from './run/engine.ts';
import { Execution } from './run/execution.ts';
import type { ExecutionPlan } from './run/execution.ts';
import type { MapRun } from './run/map-run.ts';
import { runExecution } from './run/run-execution.ts';
import { RoleLeave } from './role-leave.ts';
import { TaskTokens } from './run/task-tokens.ts';
import type { StateMachine } from './state-machine.ts';

/** Everything that Step Functions keeps for this account and Region. */
export class StatesAccount implements Engine {
  readonly ground: Ground;
  readonly tokens: TaskTokens;
  readonly integrations: TaskServices;
  readonly leave: RoleLeave;
  readonly machines = new Map<string, StateMachine>();
  readonly executions = new Map<string, Execution>();
  readonly mapRuns = new Map<string, MapRun>();
  readonly #byMachine = new Map<string, Execution[]>();
  #silent = false;

  /** @param services that its tasks use. @default those behind the ground's endpoint */
  constructor(ground: Ground, services?: TaskServices) {
    this.ground = ground;
    this.tokens = new TaskTokens(ground.accountId, ground.region);
    this.leave = new RoleLeave(ground);
    this.integrations = services ?? new Integrations(ground, this.leave, (arn) => this.executions.get(arn));
  }

  /** `arn:aws:states:<region>:<account>:<type>:<rest>` */
  arn(type: 'stateMachine' | 'execution', rest: string): string {
    return `arn:aws:states:${this.ground.region}:${this.ground.accountId}:${type}:${rest}`;
  }

  /** Oldest first, the children of Map Runs apart. */
  executionsOf(machineArn: string): readonly Execution[] {
    return this.#byMachine.get(machineArn) ?? [];
  }

  start(machine: StateMachine, name: string, input: Json): Execution {
    const { definition, definitionText, roleArn } = machine;
    if ((machine.tracingConfiguration as { enabled?: boolean }).enabled) {
      void this.leave.trace({ roleArn, machineName: machine.name });
    }
    const execution = this.#run({
      arn: this.arn('execution', `${machine.name}:${name}`),
      name,
      stateMachine: { arn: machine.arn, name: machine.name },
      roleArn,
      definitionText,
      list: definition,
      input,
      ...(definition.timeoutSeconds !== undefined && { timeoutSeconds: definition.timeoutSeconds }),
    });
    const siblings = this.#byMachine.get(machine.arn) ?? [];
    siblings.push(execution);
    this.#byMachine.set(machine.arn, siblings);
    return execution;
  }

  startChild(parent: Execution, mapRun: MapRun, input: Json): Execution {
    const name = randomUUID();
    const { stateMachine, roleArn, definitionText } = parent.plan;
    return this.#run({
      arn: this.arn('execution', `${stateMachine.name}/${mapRun.state.label}:${name}`),
      name,
      stateMachine: {
        arn: `${stateMachine.arn}/${mapRun.state.label}`,
        name: `${stateMachine.name}/${mapRun.state.label}`,
      },
      roleArn,
      definitionText,
      list: mapRun.state.processor,
      input,
      mapRunArn: mapRun.arn,
    });
  }

  registerMapRun(mapRun: MapRun): void {
    this.mapRuns.set(mapRun.arn, mapRun);
  }

  /** Ends everything that runs, without a word: the rehearsal is over. */
  close(): void {
    this.#silent = true;
    for (const execution of this.executions.values()) execution.close({ status: 'ABORTED', error: new StatesError() });
    this.integrations.close();
  }

  #run(plan: ExecutionPlan): Execution {
    const execution = new Execution(plan, () => this.ground.clock.now());
    this.executions.set(plan.arn, execution);
    announce(execution, this.ground);
    void execution.closed.then(() => {
      if (!this.#silent) announce(execution, this.ground);
    });
    // StartExecution answers before the first state is entered.
    setImmediate(() => void runExecution(execution, this));
    return execution;
  }
}
