import type { ProvisionedResource, Properties, ResourceType } from '../cloudformation/resource-type.ts';
import { acceptDefinition } from './accept-definition.ts';
import type { StatesAccount } from './account.ts';
import { createStateMachine } from './create-state-machine.ts';
import { DEFAULT_SETTINGS, revise } from './state-machine.ts';
import type { StateMachine } from './state-machine.ts';

/** `AWS::StepFunctions::StateMachine`; `Ref` is its ARN. */
export function stateMachineResource(account: StatesAccount): ResourceType {
  return {
    async create(properties, context) {
      refuseExpress(properties);
      const name = optionalText(properties['StateMachineName']) ?? context.generateName(80);
      await requireLeave(account, name, properties);
      const settings = {
        definitionText: definitionTextIn(properties),
        roleArn: String(properties['RoleArn']),
        tracingConfiguration: tracingIn(properties),
      };
      return provisioned(await createStateMachine(account, name, settings, tagsIn(properties)));
    },

    async update(arn, properties) {
      refuseExpress(properties);
      const machine = account.machines.get(arn);
      if (!machine) throw new Error(`State Machine Does Not Exist: '${arn}'`);
      await requireLeave(account, machine.name, properties);
      const definitionText = definitionTextIn(properties);
      const change = {
        definitionText,
        definition: await acceptDefinition(definitionText, account.integrations),
        roleArn: String(properties['RoleArn']),
        tracingConfiguration: tracingIn(properties),
        tags: tagsIn(properties),
      };
      const revised = revise(machine, change, account.ground.clock.now());
      account.machines.set(arn, revised);
      return provisioned(revised);
    },

    delete(arn) {
      account.machines.delete(arn);
      return Promise.resolve();
    },
  };
}

function refuseExpress(properties: Properties): void {
  if (properties['StateMachineType'] === 'EXPRESS') {
    throw new Error('StateMachineType EXPRESS: the rehearsal plays STANDARD state machines only');
  }
}

/** @throws Error in Step Functions' words when the role lacks what the machine needs beside its tasks' calls */
async function requireLeave(account: StatesAccount, machineName: string, properties: Properties): Promise<void> {
  const logging = (properties['LoggingConfiguration'] ?? {}) as { Level?: string };
  await account.leave.requireForMachine(
    { roleArn: String(properties['RoleArn']), machineName },
    {
      logs: (logging.Level ?? 'OFF') !== 'OFF',
      waitsForExecutions: definitionTextIn(properties).includes(':states:::states:startExecution.sync'),
    },
  );
}

/** The definition as text, with `${name}` replaced as DefinitionSubstitutions say. */
function definitionTextIn({ DefinitionString, Definition, DefinitionSubstitutions }: Properties): string {
  const text = optionalText(DefinitionString) ?? (Definition === undefined ? undefined : JSON.stringify(Definition));
  if (text === undefined) throw new Error('A state machine needs a DefinitionString or a Definition');
  const substitutions = Object.entries((DefinitionSubstitutions ?? {}) as Record<string, unknown>);
  return substitutions.reduce((result, [name, value]) => result.replaceAll(`\${${name}}`, String(value)), text);
}

const tracingIn = ({ TracingConfiguration }: Properties): object =>
  TracingConfiguration
    ? { enabled: String((TracingConfiguration as Record<string, unknown>)['Enabled']) === 'true' }
    : DEFAULT_SETTINGS.tracingConfiguration;

const tagsIn = ({ Tags }: Properties): ReadonlyMap<string, string> =>
  new Map(((Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));

const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const provisioned = ({ arn, name, revisionId }: StateMachine): ProvisionedResource => ({
  physicalId: arn,
  attributes: { Arn: arn, Name: name, StateMachineRevisionId: revisionId ?? 'INITIAL' },
});
