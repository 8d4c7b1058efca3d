import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const PRELOAD = fileURLToPath(new URL('../../../rehearsal/hosts/clock-preload.cjs', import.meta.url));
const MILLENNIUM = Date.parse('2000-01-01T00:00:00Z');

/** Runs a program whose clock started at the millennium, just now; resolves with what it printed as JSON. */
async function inRehearsedTime(speed: number, program: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', PRELOAD, '--input-type=module', '--eval', program],
    { env: { REHEARSAL_CLOCK: `${Date.now()}:${MILLENNIUM}:${speed}` } },
  );
  return JSON.parse(stdout);
}

describe('A node program on a host', () => {
  it('sees the rehearsed date however it asks', async () => {
    const dates = await inRehearsedTime(
      60,
      `const now = [Date.now(), new Date().getTime(), Date.parse(Date()), +new (class extends Date {})()];
       console.log(JSON.stringify(now.map((ms) => new Date(ms).getUTCFullYear())))`,
    );

    expect(dates).toEqual([2000, 2000, 2000, 2000]);
  });

  it('keeps dates that it names, and their type', async () => {
    const answers = await inRehearsedTime(
      60,
      `import { statSync } from 'node:fs';
       console.log(JSON.stringify([
         new Date(86_400_000).toISOString(), Date.UTC(1999, 0), new Date(1999, 0, 1) instanceof Date,
         statSync('/').mtime instanceof Date, new Date().constructor === Date, structuredClone(new Date(5)).getTime(),
       ]))`,
    );

    expect(answers).toEqual(['1970-01-02T00:00:00.000Z', 915148800000, true, true, true, 5]);
  });

  it('waits in rehearsed time by every timer', async () => {
    const waited = await inRehearsedTime(
      100,
      `import { setTimeout as byModule } from 'node:timers';
       import { setTimeout as delay, setInterval as ticks, scheduler } from 'node:timers/promises';
       import { promisify } from 'node:util';
       const waits = [
         () => new Promise((resolve) => setTimeout(resolve, 5000)),
         () => new Promise((resolve) => byModule(resolve, 5000)),
         () => new Promise((resolve) => { const timer = setInterval(() => { clearInterval(timer); resolve(); }, 5000); }),
         () => promisify(setTimeout)(5000), () => delay(5000), () => scheduler.wait(5000), async () => { for await (const _ of ticks(5000)) break; },
       ];
       const measured = [];
       for (const wait of waits) {
         const [wall, rehearsed] = [performance.now(), Date.now()];
         await wait();
         measured.push({ wall: performance.now() - wall, rehearsed: Date.now() - rehearsed });
       }
       console.log(JSON.stringify(measured))`,
    );

    const measured = waited as { wall: number; rehearsed: number }[];
    expect(measured.filter(({ rehearsed }) => rehearsed < 4900)).toEqual([]);
    expect(measured.filter(({ wall }) => wall > 2500)).toEqual([]);
  });

  it('hands arguments to a timer and may cancel, refresh and unref it', async () => {
    const answer = await inRehearsedTime(
      100,
      `clearTimeout(setTimeout(() => process.exit(1), 100));
       setTimeout(() => undefined, 1e9).unref();
       setTimeout((...words) => console.log(JSON.stringify(words)), 1000, 'with', 'arguments').refresh();`,
    );

    expect(answer).toEqual(['with', 'arguments']);
  });

  it('is not hurried by the timers that Node sets for itself', async () => {
    // fetch gives up after 300 seconds without an answer: hurried, this one would come too late.
    const answer = await inRehearsedTime(
      100_000,
      `import { createServer } from 'node:http';
       const server = createServer((request, response) => {
         AbortSignal.timeout(900).onabort = () => response.end('"in time"');
       }).listen(0, '127.0.0.1', async () => {
         const answered = await fetch('http://127.0.0.1:' + server.address().port);
         console.log(JSON.stringify(await answered.json()));
         server.close();
         server.closeAllConnections();
       });`,
    );

    expect(answer).toBe('in time');
  });

  it('is left exactly as it is at the speed of the wall', async () => {
    const answers = await inRehearsedTime(
      1,
      `import { isProxy } from 'node:util/types';
       console.log(JSON.stringify([isProxy(Date), /native code/.test(Date.now), setTimeout.length, new Date().getUTCFullYear() > 2000]))`,
    );

    expect(answers).toEqual([false, true, await inRehearsedTime(1, 'console.log(setTimeout.length)'), true]);
  });
});
