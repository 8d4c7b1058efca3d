import type { ProvisionedResource, Properties, ResourceType } from '../cloudformation/resource-type.ts';
import { refusalToServe } from '../identity/assume-role.ts';
import type { Ground } from '../part.ts';
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
      await requireTrust(account.ground, properties);
      const name = optionalText(properties['StateMachineName']) ?? context.generateName(80);
      const settings = {
        definitionText: definitionTextIn(properties),
        roleArn: String(properties['RoleArn']),
        tracingConfiguration: tracingIn(properties),
      };
      return provisioned(await createStateMachine(account, name, settings, tagsIn(properties)));
    },

    async update(arn, properties) {
      refuseExpress(properties);
      await requireTrust(account.ground, properties);
      const machine = account.machines.get(arn);
      if (!machine) throw new Error(`State Machine Does Not Exist: '${arn}'`);
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

/** @throws Error in Step Functions' words when the role does not trust it */
async function requireTrust(ground: Ground, { RoleArn }: Properties): Promise<void> {
  if (await refusalToServe(ground, String(RoleArn), 'states.amazonaws.com')) {
    throw new Error(
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
  }
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
