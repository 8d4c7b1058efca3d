import type { Course } from '../life/course.ts';
import type { Setting } from '../life/setting.ts';
import type { World } from '../life/world.ts';
import type { Records } from './records.ts';

/** A life that is over, as it is judged. */
export interface Ended {
  readonly world: World;
  readonly course: Course;
  readonly setting: Setting;
  readonly records: Records;
}
