import { DescribeStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROLE_ARN, startStatesGround } from './states-ground.ts';
import type { StatesGround } from './states-ground.ts';

let states: StatesGround;
beforeEach(async () => {
  states = await startStatesGround();
});
afterEach(() => states.close());

const TYPE = 'AWS::StepFunctions::StateMachine';
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: { A: { Type: 'Pass', Output: '${greeting}', End: true } },
};

it('comes to life with its substitutions', async () => {
  const { physicalId, attributes } = await states.test.provision(TYPE, {
    RoleArn: ROLE_ARN,
    DefinitionString: JSON.stringify(definition),
    DefinitionSubstitutions: { greeting: 'hello' },
    TracingConfiguration: { Enabled: true },
  });

  const { executionArn } = await states.client.send(new StartExecutionCommand({ stateMachineArn: physicalId }));
  expect(await states.finished(executionArn ?? '')).toMatchObject({ value: 'hello' });
  expect(attributes).toMatchObject({ Arn: physicalId, Name: 'test-Resource-ABCDEFGHIJKL' });
  expect(await states.client.send(new DescribeStateMachineCommand({ stateMachineArn: physicalId }))).toMatchObject({
    tracingConfiguration: { enabled: true },
  });
});

it('takes its definition as an object too', async () => {
  const { attributes } = await states.test.provision(TYPE, {
    StateMachineName: 'named',
    RoleArn: ROLE_ARN,
    Definition: definition,
  });

  expect(attributes).toMatchObject({ Name: 'named' });
});

it.each([
  [{ DefinitionString: '{}' }, /These fields are required/],
  [{}, /needs a DefinitionString/],
  [{ Definition: definition, StateMachineType: 'EXPRESS' }, /STANDARD state machines only/],
])('refuses what it cannot play: %o', async (properties, message) => {
  await expect(states.test.provision(TYPE, { RoleArn: ROLE_ARN, ...properties })).rejects.toThrow(message);
});
