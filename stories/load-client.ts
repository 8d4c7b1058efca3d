// Asks one URL at a steady pace until it is told to stop, and reports every request to the process that forked it.
import { Agent, get } from 'node:http';
import type { LoadedRequest } from './latency.ts';

const INTERVAL_MS = 20;
/** Every so many requests, one on a connection of its own: a newcomer beside clients that keep theirs. */
const NEWCOMER_EVERY = 5;
const TIMEOUT_MS = 10_000;

const [url = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
const underWay = new Set<Promise<unknown>>();
let sent = 0;

const timer = setInterval(() => {
  sent += 1;
  const request = ask(sent % NEWCOMER_EVERY === 0 ? false : agent).then((ended) => process.send?.(ended));
  underWay.add(request);
  void request.finally(() => underWay.delete(request));
}, INTERVAL_MS);

process.once('message', () => {
  clearInterval(timer);
  void Promise.all(underWay).then(() => {
    process.disconnect();
  });
});
// Also when the one that asked for it died.
process.once('disconnect', () => process.exit());

function ask(connection: Agent | false): Promise<LoadedRequest> {
  const sentAt = Date.now();
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (failure?: string): void => {
      resolve({ sentAt, latencyMs: performance.now() - started, ...(failure !== undefined && { failure }) });
    };
    const request = get(url, { agent: connection, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      response.on('close', () => {
        if (!response.complete) end('cut off');
        else end(response.statusCode === 200 ? undefined : `status ${response.statusCode}`);
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on('error', ({ message }) => {
      end(message);
    });
  });
}
