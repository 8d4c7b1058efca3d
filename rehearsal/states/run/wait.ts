import type { WaitState } from '../language/definition.ts';
import type { Departure, Visit } from './visit.ts';

const LONGEST_WAIT_SECONDS = 99_999_999;
/** `2016-08-18T17:33:00Z`, `2016-08-18T17:33:00.123+02:00` */
const EXTENDED_OFFSET_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Lets time pass. A timestamp in the past passes at once. */
export async function runWait(state: WaitState, visit: Visit): Promise<Departure> {
  const { clock } = visit.thread.engine.ground;
  const ms =
    state.wait.field === 'Seconds'
      ? await secondsFrom(state, visit)
      : (await timestampFrom(state, visit)) - clock.now();
  if (ms > 0) await clock.sleep(ms, visit.thread.signal);
  return visit.depart(state, state.next, visit.input);
}

async function secondsFrom(state: WaitState, visit: Visit): Promise<number> {
  const seconds = await visit.evaluateTo<number>('number', state.wait.value, 'Seconds');
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS) return seconds * 1000;
  throw visit.evaluationFailed(
    'Seconds',
    `The Seconds field must be an integer between 0 and ${LONGEST_WAIT_SECONDS} but was: ${seconds}`,
  );
}

async function timestampFrom(state: WaitState, visit: Visit): Promise<number> {
  const text = await visit.evaluateTo<string>('string', state.wait.value, 'Timestamp');
  const at = EXTENDED_OFFSET_DATE_TIME.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  throw visit.evaluationFailed(
    'Timestamp',
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
  );
}
