import { expectThat } from '../../deviation.ts';
import type { Chapter } from '../chapter.ts';
import { ExampleStack, withSpareGroup } from '../stacks.ts';

export const withdrawnGroup: Chapter = {
  name: 'withdrawn-group',
  title: 'The stack declares another deployment group, and lets it go',
  desiredCapacity: 0,
  async tell(ground) {
    const stack = new ExampleStack(ground);
    const template = await stack.template();
    for (const wanted of [withSpareGroup(template), template]) {
      await stack.update(wanted);
      const status = await stack.rest();
      expectThat(status === 'UPDATE_COMPLETE', 'the stack is updated', `it is ${status}`);
    }
    ground.narrator.seen('A deployment group came and went');
  },
};
