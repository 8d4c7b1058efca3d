import { expectThat } from '../../deviation.ts';
import type { Chapter } from '../chapter.ts';

/** The second follows one minute after the first, the third two minutes later; then the event is a dead letter. */
const THREE_ATTEMPTS_MS = 5 * 60_000;

export const strangers: Chapter = {
  name: 'strangers',
  title: 'Callers without TLS, an alarm, and events that nobody can settle',
  desiredCapacity: 0,
  speed: 120,
  async tell({ operator, rehearsal, narrator }) {
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
    await rehearsal.clock.sleep(THREE_ATTEMPTS_MS);
  },
};
