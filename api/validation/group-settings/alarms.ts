import type { AlarmConfiguration as Given } from '@aws-sdk/client-codedeploy';

import type { AlarmConfiguration } from '../../../core/fleet-deployment.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { repeated } from './one-of.ts';

/** CodeDeploy’s quota page; its model says 10. */
const MOST_ALARMS = 50;
const LONGEST_NAME = 255;

const fault = (message: string) => new InvalidSetting('InvalidAlarmConfigException', message);

/** @throws InvalidSetting */
export function checkAlarms({ enabled = false, ignorePollAlarmFailure = false, alarms }: Given): AlarmConfiguration {
  if (enabled && alarms === undefined) throw fault('The alarm configuration is enabled and names no alarms');
  if (enabled && alarms?.length === 0)
    throw fault('The alarm configuration is enabled and its list of alarms is empty');
  const names = (alarms ?? []).map(({ name }) => checkName(name));
  const [twice] = repeated(names);
  if (twice !== undefined) throw fault(`The alarm ${twice} is given twice`);
  if (names.length > MOST_ALARMS) {
    throw new InvalidSetting(
      'AlarmsLimitExceededException',
      `${names.length} alarms are given, of at most ${MOST_ALARMS}`,
    );
  }
  return { enabled, ignorePollAlarmFailure, alarms: names.map((name) => ({ name })) };
}

function checkName(name: string | undefined): string {
  if (!name || name.length > LONGEST_NAME) throw fault(`An alarm’s name has 1 to ${LONGEST_NAME} characters`);
  return name;
}
