import type { TriggerConfig } from '@aws-sdk/client-codedeploy';

import type { Trigger, TriggerEvent } from '../../../core/notifications/trigger-events.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { oneOf, repeated } from './one-of.ts';

const MOST_TRIGGERS = 10;

const EVENTS: readonly TriggerEvent[] = [
  'DeploymentStart',
  'DeploymentSuccess',
  'DeploymentFailure',
  'DeploymentStop',
  'DeploymentRollback',
  'DeploymentReady',
  'InstanceStart',
  'InstanceSuccess',
  'InstanceFailure',
  'InstanceReady',
];

const code = 'InvalidTriggerConfigException';

/** What can be said of triggers without asking for their topics. @throws InvalidSetting */
export function checkTriggers(given: readonly TriggerConfig[]): readonly Trigger[] {
  const triggers = given.map(checkTrigger);
  const [name] = repeated(triggers.map(({ triggerName }) => triggerName));
  if (name !== undefined) throw new InvalidSetting(code, `The trigger name ${name} is given twice`);
  const [topic] = repeated(triggers.map(({ triggerTargetArn }) => triggerTargetArn));
  if (topic !== undefined) throw new InvalidSetting(code, `Two triggers publish to the topic ${topic}: make them one`);
  if (triggers.length > MOST_TRIGGERS) {
    throw new InvalidSetting(
      'TriggerTargetsLimitExceededException',
      `${triggers.length} triggers are given, of at most ${MOST_TRIGGERS}`,
    );
  }
  return triggers;
}

function checkTrigger({ triggerName, triggerTargetArn, triggerEvents = [] }: TriggerConfig): Trigger {
  if (!triggerName) throw new InvalidSetting(code, 'A trigger has no name');
  if (!triggerTargetArn) throw new InvalidSetting(code, `The trigger ${triggerName} names no topic`);
  if (triggerEvents.length === 0) throw new InvalidSetting(code, `The trigger ${triggerName} is for no event`);
  const what = `An event of the trigger ${triggerName}`;
  return {
    triggerName,
    triggerTargetArn,
    triggerEvents: triggerEvents.map((event) => oneOf(event, EVENTS, { what, code })),
  };
}
