import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';

import { fleetDeployment } from '../../lib/machines/fleet-deployment.ts';
import { instanceDeployment } from '../../lib/machines/instance-deployment.ts';

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Branches?: readonly Machine[];
  readonly ItemProcessor?: Machine;
}

const PROPS = {
  partition: 'aws',
  orchestratorFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:orchestrator',
  heartbeatFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:heartbeat',
  trafficFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:traffic',
  tableName: 'slipway',
};
const machine = instanceDeployment(PROPS) as Machine;

const [deployLane, heartbeatLane] = machine.States['DeployAndHeartbeat']?.Branches ?? [];
const [inPlaceLane, watchLane] = machine.States['DeployInPlace']?.Branches ?? [];
const scopes = [machine, deployLane, heartbeatLane, inPlaceLane, watchLane].filter((scope) => scope !== undefined);
const tasksIn = (scope: Machine) => Object.entries(scope.States).filter(([, { Type }]) => Type === 'Task');
/** All tasks of a machine, however deep. */
const tasksOf = (scope: Machine): [string, State][] => [
  ...tasksIn(scope),
  ...Object.values(scope.States).flatMap(({ Branches = [], ItemProcessor }) =>
    [...Branches, ...(ItemProcessor ? [ItemProcessor] : [])].flatMap(tasksOf),
  ),
];
const waysOut = ({ Next, Default, Choices = [], Catch = [] }: State) =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((catcher) => catcher.Next)].filter(
    (name) => name !== undefined,
  );
const catches = (state: State | undefined, error: string) =>
  state?.Catch?.find(({ ErrorEquals }) => ErrorEquals.includes(error))?.Next;

/** How often a state is tried again after an error: the first retrier that takes it decides. */
const triesAfter = (error: string, { Retry = [] }: State) =>
  Retry.find(({ ErrorEquals }) => ErrorEquals.some((name) => [error, 'States.TaskFailed', 'States.ALL'].includes(name)))
    ?.MaxAttempts ?? 0;

describe('calls that are throttled', () => {
  const fleet = fleetDeployment({
    partition: 'aws',
    tableName: 'slipway',
    fleetFunctionArn: '',
    instanceDeploymentArn: '',
  });
  const tasks = [...tasksOf(machine), ...tasksOf(fleet as Machine)];

  it.each(['ThrottlingException', 'Lambda.TooManyRequestsException', 'StepFunctions.ThrottlingException'])(
    'are made again for an hour by every task, more often than after a fault: %s',
    (error) => {
      const short = tasks.filter(([, task]) => triesAfter(error, task) < 100).map(([name]) => name);

      expect(tasks.length).toBeGreaterThan(15);
      expect(short).toEqual([]);
    },
  );
});

describe('a target of a fleet', () => {
  const fleet = fleetDeployment({ partition: 'aws', tableName: '', fleetFunctionArn: '', instanceDeploymentArn: '' });
  const start = tasksOf(fleet as Machine).find(([name]) => name === 'DeployToTarget')?.[1];
  const tries = (error: string) => start && triesAfter(error, start);

  it.each(['StepFunctions.SdkClientException', 'StepFunctions.AWSStepFunctionsException'])(
    'is started again after %s: it may have been started, or not',
    (error) => {
      expect(tries(error)).toBeGreaterThan(3);
    },
  );

  it.each(['States.TaskFailed', 'StepFunctions.ExecutionAlreadyExistsException'])(
    'is not deployed to again after %s: its record tells how it ended',
    (error) => {
      expect(tries(error)).toBe(0);
    },
  );
});

describe('the InstanceDeployment machine', () => {
  it('leads every transition to a state of its own scope, and reaches every state', () => {
    for (const { StartAt, States } of scopes) {
      const reached = new Set([StartAt, ...Object.values(States).flatMap(waysOut)]);

      expect([...reached].sort()).toEqual(Object.keys(States).sort());
    }
  });

  it('names no two states alike', () => {
    const names = scopes.flatMap(({ States }) => Object.keys(States));

    expect(new Set(names).size).toBe(names.length);
  });

  it('retries every task, whatever fault befalls it', () => {
    for (const [name, { Retry }] of scopes.flatMap(tasksIn)) {
      const last = Retry?.at(-1);

      expect(last?.ErrorEquals, name).toEqual(['States.ALL']);
      expect(last?.MaxAttempts, name).toBeGreaterThan(3);
    }
  });

  it('completes the action after any error but that of the last resort', () => {
    expect(catches(machine.States['OpenDeployment'], 'States.ALL')).toBe('SettleInterruptedDeployment');
    expect(catches(machine.States['DeployAndHeartbeat'], 'States.ALL')).toBe('SettleInterruptedDeployment');
    expect(catches(machine.States['SettleInterruptedDeployment'], 'States.ALL')).toBe('ChooseWhoWaits');
    expect(machine.States['SettleInterruptedDeployment']?.Next).toBe('ChooseWhoWaits');
    expect(machine.States['ChooseWhoWaits']?.Choices?.[0]?.Next).toBe('CompleteActionDirectly');
  });

  it('settles a leg that fails or times out in its own lane', () => {
    expect(catches(deployLane?.States['RunEvents'], 'States.ALL')).toBe('SettleDeployment');
  });

  it('settles a deployment in place in its own lane, and watches its host beside it', () => {
    expect(catches(machine.States['DeployInPlace'], 'States.ALL')).toBe('SettleInterruptedDeployment');
    expect(catches(inPlaceLane?.States['RunEventsInPlace'], 'States.ALL')).toBe('SettleInPlaceDeployment');
    expect(catches(watchLane?.States['WaitUntilSettled'], 'States.Timeout')).toBe('LookAtHost');
    expect(catches(watchLane?.States['LookAtHost'], 'HostAgentSilent')).toBe('StopTheWorkInPlace');
  });

  it('lets a deployment in place wait for its turn on a busy host for more than an hour', () => {
    const busy = inPlaceLane?.States['RunEventsInPlace']?.Retry?.find(({ ErrorEquals }) =>
      ErrorEquals.includes('HostIsBusy'),
    );

    expect(busy?.MaxAttempts).toBeGreaterThan(60);
  });

  it('takes two transitions for a heartbeat', () => {
    expect(catches(heartbeatLane?.States['WaitUntilReleased'], 'States.Timeout')).toBe('SendHeartbeat');
    expect(heartbeatLane?.States['SendHeartbeat']?.Next).toBe('WaitUntilReleased');
  });

  it('outlives a lost heartbeat, but not an action that is gone or a host that is silent', () => {
    const sendHeartbeat = heartbeatLane?.States['SendHeartbeat'];

    expect(catches(sendHeartbeat, 'States.ALL')).toBe('WaitUntilReleased');
    expect(catches(sendHeartbeat, 'LifecycleActionGone')).toBe('StopTheWork');
    expect(catches(sendHeartbeat, 'HostAgentSilent')).toBe('StopTheWork');
  });

  it('goes on beating when it cannot leave its token, and leaves the work alone', () => {
    expect(catches(heartbeatLane?.States['WaitUntilReleased'], 'States.ALL')).toBe('SendHeartbeat');
  });

  it('never retries what is an answer', () => {
    const answers = {
      RunEvents: 'States.Timeout',
      WaitUntilReleased: 'States.Timeout',
      SendHeartbeat: 'LifecycleActionGone',
    };
    for (const [name, error] of Object.entries(answers)) {
      const first = { ...deployLane?.States, ...heartbeatLane?.States }[name]?.Retry?.[0];

      expect(first, name).toMatchObject({ ErrorEquals: expect.arrayContaining([error]), MaxAttempts: 0 });
    }
  });

  it('ends before Auto Scaling’s longest lifecycle action does', () => {
    expect(machine.TimeoutSeconds).toBeLessThan(48 * 3600);
  });

  it('names the integrations of the partition it is deployed to', () => {
    const inChina = JSON.stringify(instanceDeployment({ ...PROPS, partition: 'aws-cn' }));

    expect(inChina.match(/arn:[^:]+:states:::/g)).toContain('arn:aws-cn:states:::');
    expect(inChina).not.toContain('arn:aws:states:::');
  });

  it('holds expressions that can be read', () => {
    const expressions = [...JSON.stringify(machine).matchAll(/\{%((?:[^%]|%(?!\}))*)%\}/g)].map(([, inner]) =>
      String(JSON.parse(`"${inner ?? ''}"`)),
    );

    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions) expect(() => jsonata(expression)).not.toThrow();
  });
});
