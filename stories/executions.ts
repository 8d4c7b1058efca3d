import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { Rehearsal } from '../rehearsal/index.ts';

/** One lifecycle event of a deployment, as the execution's output tells it. */
export interface LifecycleEventRecord {
  readonly lifecycleEventName: string;
  readonly status: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly diagnostics?: { errorCode: string; scriptName: string; message: string; logTail: string };
}

/** What an `InstanceDeployment` execution answers when it has ended. */
export interface DeploymentRecord {
  readonly deploymentId: string;
  readonly type: 'launch' | 'termination' | 'in-place';
  readonly instanceId: string;
  readonly status: string;
  readonly lifecycleActionResult: 'CONTINUE' | 'ABANDON' | null;
  readonly reason: string;
  readonly lifecycleEvents: readonly LifecycleEventRecord[];
  /** Each deployment in its order, where several deployment groups share the lifecycle action; the verdict is one. */
  readonly deployments?: readonly {
    readonly deploymentId: string;
    readonly applicationName: string;
    readonly deploymentGroupName: string;
    readonly status: string;
    readonly reason: string;
  }[];
}

export interface DeploymentExecution {
  readonly name: string;
  /** Status of the execution itself: `RUNNING`, `SUCCEEDED`, … */
  readonly status: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  /** Absent while it runs, and when the execution died. */
  readonly deployment?: DeploymentRecord;
}

/** The executions of the engine's state machine, read as anyone with the Step Functions console would. */
export class Executions {
  readonly #states: SFNClient;

  constructor(rehearsal: Rehearsal) {
    this.#states = new SFNClient({
      endpoint: rehearsal.endpoint,
      region: rehearsal.region,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
    });
  }

  /** All executions, oldest first. */
  async all(): Promise<DeploymentExecution[]> {
    const names = await this.#list();
    const executions = await Promise.all(names.map((arn) => this.#describe(arn)));
    return executions.sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
  }

  /** The ended deployment of one instance, or undefined while there is none. */
  async ended(instanceId: string, type: 'launch' | 'termination'): Promise<DeploymentRecord | undefined> {
    const arns = await this.#list();
    const arn = arns.find((candidate) => candidate.includes(`:${type}-${instanceId}-`));
    return arn === undefined ? undefined : (await this.#describe(arn)).deployment;
  }

  async #list(): Promise<string[]> {
    const { stateMachines = [] } = await this.#states.send(new ListStateMachinesCommand({}));
    const arns: string[] = [];
    for (const { stateMachineArn } of stateMachines) {
      let nextToken: string | undefined;
      do {
        const page = await this.#states.send(
          new ListExecutionsCommand({ stateMachineArn, maxResults: 1000, nextToken }),
        );
        arns.push(...(page.executions ?? []).map(({ executionArn }) => executionArn ?? ''));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    }
    return arns;
  }

  async #describe(executionArn: string): Promise<DeploymentExecution> {
    const { name, status, startDate, stopDate, output } = await this.#states.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    return {
      name: name ?? '',
      status: status ?? '',
      startedAt: startDate ?? new Date(0),
      ...(stopDate && { endedAt: stopDate }),
      ...(output !== undefined && { deployment: JSON.parse(output) as DeploymentRecord }),
    };
  }
}
