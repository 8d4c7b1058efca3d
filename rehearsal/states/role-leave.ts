import { assumedRole } from '../identity/assumed-role.ts';
import { refusalToServe } from '../identity/assume-role.ts';
import type { Ground } from '../part.ts';
import type { Refusal } from '../permissions/refusal.ts';
import { StatesError } from './language/states-error.ts';

/** Whoever Step Functions acts for: a state machine's role, under the machine's name. */
export interface MachineRole {
  readonly roleArn: string;
  readonly machineName: string;
}

/** Step Functions keeps one rule for all machines, by which it hears of executions that they wait for. */
const MANAGED_RULE = 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';

const LOG_DELIVERY = [
  ...['Create', 'Get', 'Update', 'Delete', 'List'].map(
    (verb) => `logs:${verb}LogDeliver${verb === 'List' ? 'ies' : 'y'}`,
  ),
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
const TRACING = ['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'];

/** What Step Functions itself does in the name of a machine's role, beside the calls of its tasks. */
export class RoleLeave {
  readonly #ground: Pick<Ground, 'permissions' | 'region' | 'accountId'>;

  constructor(ground: Pick<Ground, 'permissions' | 'region' | 'accountId'>) {
    this.#ground = ground;
  }

  /**
   * Before a machine is made or changed.
   * @throws Error in Step Functions' words
   */
  async requireForMachine(
    role: MachineRole,
    { logs, waitsForExecutions }: { logs: boolean; waitsForExecutions: boolean },
  ): Promise<void> {
    const { region, accountId } = this.#ground;
    if (await refusalToServe(this.#ground, role.roleArn, 'states.amazonaws.com')) {
      throw new Error(
        'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
      );
    }
    if (logs && (await this.refusal(role, LOG_DELIVERY, '*'))) {
      throw new Error('The state machine IAM Role is not authorized to access the Log Destination');
    }
    const rule = `arn:aws:events:${region}:${accountId}:${MANAGED_RULE}`;
    const ruling = ['events:PutRule', 'events:PutTargets', 'events:DescribeRule'];
    if (waitsForExecutions && (await this.refusal(role, ruling, rule))) {
      throw new Error(`'${role.roleArn}' is not authorized to create managed-rule.`);
    }
  }

  /** Traces of an execution; without leave they are lost, and the execution runs all the same. */
  async trace(role: MachineRole): Promise<void> {
    await this.refusal(
      role,
      TRACING.map((name) => `xray:${name}`),
      '*',
    );
  }

  /** @throws StatesError `StepFunctions.AccessDeniedException` */
  async require(role: MachineRole, action: string, resource: string): Promise<void> {
    const refusal = await this.refusal(role, [`states:${action}`], resource);
    if (refusal) throw new StatesError('StepFunctions.AccessDeniedException', refusal.message);
  }

  refusal(
    { roleArn, machineName }: MachineRole,
    actions: readonly string[],
    resource: string,
  ): Promise<Refusal | undefined> {
    const { permissions, accountId } = this.#ground;
    const asked = actions.map((action) => ({ action, resources: [resource] }));
    return permissions.refusal(assumedRole(roleArn, machineName, accountId), asked);
  }
}
