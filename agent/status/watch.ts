import type { Send } from '../http/send.ts';
import type { Log } from '../log/agent-log.ts';
import type { StatusFile } from './status-file.ts';

/** The same way to the command service; its status learns how each call went. */
export function watchedSend(send: Send, status: Pick<StatusFile, 'answered' | 'notAnswered'>): Send {
  return async (request) => {
    try {
      const response = await send(request);
      if (response.status === 200) status.answered();
      else status.notAnswered();
      return response;
    } catch (error) {
      if (!request.signal?.aborted) status.notAnswered(); // a call that the agent itself broke off says nothing
      throw error;
    }
  };
}

/** The same log; its status learns of warnings and errors. */
export function watchedLog(log: Log, status: Pick<StatusFile, 'problem'>): Log {
  const watched =
    (level: 'warn' | 'error'): Log['warn'] =>
    (message, fields = {}) => {
      const why = fields['error'] ?? fields['reason'];
      status.problem(why === undefined ? message : `${message}: ${why}`);
      log[level](message, fields);
    };
  return { ...log, warn: watched('warn'), error: watched('error') };
}
