import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { repeated } from './one-of.ts';

const MOST_GROUPS = 10;
const LONGEST_NAME = 255;

const fault = (message: string) => new InvalidSetting('InvalidAutoScalingGroupException', message);

/** Names; whether there are such groups shows when their hooks are installed. @throws InvalidSetting */
export function checkAutoScalingGroups(names: readonly string[]): readonly string[] {
  if (names.some((name) => name === '' || name.length > LONGEST_NAME)) {
    throw fault(`The name of an Auto Scaling group has 1 to ${LONGEST_NAME} characters`);
  }
  const [twice] = repeated(names);
  if (twice !== undefined) throw fault(`The Auto Scaling group ${twice} is given twice`);
  if (names.length > MOST_GROUPS)
    throw fault(`${names.length} Auto Scaling groups are given, of at most ${MOST_GROUPS}`);
  return names;
}
