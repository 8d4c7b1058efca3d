import { expectThat } from '../../deviation.ts';
import type { Chapter } from '../chapter.ts';

export const strangers: Chapter = {
  name: 'strangers',
  title: 'Callers without TLS, an alarm, and events that nobody can settle',
  desiredCapacity: 0,
  async tell({ operator, fleet, narrator }) {
    const guarded = [
      ...(await operator.resources('AWS::SQS::Queue')),
      ...(await operator.resources('AWS::SNS::Topic')),
    ];
    for (const place of guarded) {
      expectThat(await operator.isRefusedWithoutTls(place), 'TLS is insisted on', `${place} let a caller in without`);
    }
    await operator.ringAlarm();
    for (const name of await operator.resources('AWS::Lambda::Function', /DeadExecutionFunction|EngineFleetFunction/)) {
      await operator.sendNonsense(name);
    }
    narrator.seen(`${guarded.length} queues and topics refuse callers without TLS`);

    // The second attempt follows one minute after the first, the third two minutes later.
    for (const queue of await operator.resources('AWS::SQS::Queue', /Unsettled|Unended/)) {
      await fleet.until('an event to be a dead letter', () => operator.hasMessages(queue));
    }
    narrator.seen('What nobody can settle is kept for a person');
  },
};
