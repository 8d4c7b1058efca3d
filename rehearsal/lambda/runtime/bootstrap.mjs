/**
 * Entry of an execution environment: loads the handler once, then runs one invocation at a time.
 *
 * From the parent: `{ requestId, event, limitMs, functionArn, traceId, clientContext? }`, `event` as JSON text.
 * To the parent, each with the `lines` written so far as `[rehearsed ms, text]`:
 * `ready`, `failed` (the handler could not be loaded), `output` (while work goes on),
 * `response` (`payload` as JSON text) and `error` (as Lambda words it; `fatal` when the environment ends with it).
 */
import { enableCompileCache } from 'node:module';
import { followRehearsedTime } from './rehearsed-date.mjs';
import { captureOutput } from './output.mjs';
import { describeError, RuntimeError } from './errors.mjs';
import { loadHandler } from './load-handler.mjs';
import { createContext } from './context.mjs';

const [cacheDirectory] = process.argv.splice(2);
if (cacheDirectory) enableCompileCache(cacheDirectory); // compiled once, as a published version's code is on AWS

followRehearsedTime(process.env.REHEARSAL_CLOCK);
const output = captureOutput((lines) => process.send({ kind: 'output', lines }));
const reply = (message, then) => {
  if (process.connected)
    process.send({ ...message, lines: output.take(), memoryBytes: process.memoryUsage.rss() }, then);
};

/** The invocation at work, if any. */
let requestId;

const finish = (message) => {
  requestId = undefined;
  output.requestId = undefined;
  reply(message);
};

/** Whatever escapes the handler ends the environment, as on AWS: its state cannot be trusted any more. */
const die = (error, exitCode) => {
  const description = describeError(error);
  output.writeError(requestId ? 'Uncaught Exception' : 'Init Error', description);
  reply({ kind: requestId ? 'error' : 'failed', error: description, fatal: true }, () => process.exit(exitCode));
};
process.on('uncaughtException', (error) => die(error, 129));
process.on('unhandledRejection', (reason) => die(RuntimeError.unhandledRejection(reason), 128));

const invoke = async (handler, invocation) => {
  requestId = invocation.requestId;
  output.requestId = requestId;
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await runHandler(handler, JSON.parse(invocation.event), createContext(invocation));
    if (requestId === invocation.requestId) finish({ kind: 'response', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const description = describeError(error);
    output.writeError('Invoke Error', description);
    finish({ kind: 'error', error: description });
  }
};

/** Promise or callback: a handler that takes three parameters and returns no promise answers by the third. */
const runHandler = (handler, event, context) =>
  new Promise((resolve, reject) => {
    const result = handler(event, context, (error, value) => (error ? reject(error) : resolve(value)));
    if (typeof result?.then === 'function' || handler.length < 3) resolve(result);
  });

process.on('disconnect', () => process.exit());
try {
  const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  process.on('message', (invocation) => invoke(handler, invocation));
  reply({ kind: 'ready' });
} catch (error) {
  die(error, 1);
}
