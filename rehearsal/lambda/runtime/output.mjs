import { writeSync } from 'node:fs';
import { formatWithOptions } from 'node:util';

const FLUSH_MS = 100;
const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };

/**
 * Collects what the function writes, so that it travels with the answer: one message instead of three pipes,
 * and no line can arrive after the invocation that wrote it. Work that takes longer sends its lines on the way.
 * @param {(lines: [number, string][]) => void} send
 */
export function captureOutput(send) {
  let lines = [];
  let partial = '';
  let timer;
  const take = () => {
    const taken = lines;
    lines = [];
    clearTimeout(timer);
    timer = undefined;
    return taken;
  };
  const flush = () => {
    timer = undefined;
    if (lines.length > 0 && process.connected) send(take());
  };
  const write = (chunk, encoding, callback) => {
    const text = partial + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const end = text.lastIndexOf('\n');
    partial = text.slice(end + 1);
    if (end >= 0) lines.push([Date.now(), text.slice(0, end)]);
    timer ??= setTimeout(flush, FLUSH_MS);
    timer.unref();
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
  // A process that ends without a word to the parent still leaves its last lines in the pipe.
  process.on('exit', () => {
    const rest = [...take().map(([, text]) => text), ...(partial ? [partial] : [])];
    if (rest.length > 0) writeSync(1, `${rest.join('\n')}\n`);
  });

  const output = {
    /** Stands in each console line while an invocation runs. */
    requestId: undefined,
    take,
    /** An error that Lambda's runtime reports on behalf of the function. */
    writeError(title, { errorType, errorMessage, trace }) {
      consoleLine('ERROR', `${title} \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`);
    },
  };
  const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  const consoleLine = (level, message) => {
    const timestamp = new Date().toISOString();
    const line = json
      ? JSON.stringify({ timestamp, level, requestId: output.requestId, message })
      : `${timestamp}\t${output.requestId ?? 'undefined'}\t${level}\t${message.replaceAll('\n', '\r')}`;
    write(`${line}\n`);
  };
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...args) => consoleLine(level, formatWithOptions({}, ...args));
  }
  return output;
}
