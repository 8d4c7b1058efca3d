import { describeGroup } from '../../core/deployment-group.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Trigger } from '../../core/notifications/trigger-events.ts';
import { InvalidSetting } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';

/**
 * Sends a test message to the topic of each trigger: what cannot be published now could not be published later.
 * @throws InvalidSetting
 */
export async function testTriggers(
  group: DeploymentGroupName,
  triggers: readonly Trigger[],
  { triggerTopics }: Pick<Ports, 'triggerTopics'>,
): Promise<void> {
  const outcomes = await Promise.all(
    triggers.map(({ triggerName, triggerTargetArn, triggerEvents }) =>
      triggerTopics.test(triggerTargetArn, {
        subject: `Test message of the trigger ${triggerName}`.slice(0, LONGEST_SUBJECT),
        text: `The trigger ${triggerName} of the deployment group ${describeGroup(group)} will tell of ${triggerEvents.join(', ')}.`,
      }),
    ),
  );
  const refused = triggers[outcomes.indexOf('refused')];
  if (refused) {
    throw new InvalidSetting(
      'InvalidTriggerConfigException',
      `The trigger ${refused.triggerName} cannot publish to ${refused.triggerTargetArn}: ` +
        'it must be a topic of this Region whose policy lets this account publish',
    );
  }
}

/** Characters, a limit of SNS. */
const LONGEST_SUBJECT = 100;
