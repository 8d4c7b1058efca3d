import { WITHDRAWN } from '../hook-scripts/script-limit.ts';
import { errorText } from '../log/agent-log.ts';
import type { Log } from '../log/agent-log.ts';
import type { CommandService } from '../protocol/command-service.ts';
import type { Timing } from './timing.ts';

/** Where the service sets no pace. */
const TELL_EVERY_SECONDS = 60;

interface Teller {
  readonly service: Pick<CommandService, 'update'>;
  readonly timing: Timing;
  readonly log: Log;
}

/**
 * Does the work of a command and meanwhile tells the service every minute that this host is alive. In return it learns
 * whether the work is still wanted. A service that cannot be reached disturbs nothing.
 * @param work is given a signal that is aborted, with the reason `WITHDRAWN`, when the service withdraws the command
 */
export async function tellingProgress<Result>(
  hostCommandIdentifier: string,
  teller: Teller,
  work: (withdrawn: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [withdrawal, end] = [new AbortController(), new AbortController()];
  const telling = tellUntil(end.signal, hostCommandIdentifier, teller, withdrawal);
  try {
    return await work(withdrawal.signal);
  } finally {
    end.abort();
    await telling;
  }
}

async function tellUntil(
  end: AbortSignal,
  hostCommandIdentifier: string,
  { service, timing, log }: Teller,
  withdrawal: AbortController,
): Promise<void> {
  let seconds = TELL_EVERY_SECONDS;
  for (;;) {
    await timing.pause(seconds * 1000, end);
    if (end.aborted) return;
    try {
      const { status, reportAfterSeconds } = await service.update(hostCommandIdentifier, end);
      seconds = reportAfterSeconds ?? TELL_EVERY_SECONDS;
      if (status !== 'Failed') continue;
      log.warn('the command under way was withdrawn', { hostCommandIdentifier });
      withdrawal.abort(WITHDRAWN);
      return;
    } catch (error) {
      if (!end.aborted) log.debug('progress could not be told', { error: errorText(error) });
    }
  }
}
