/** A process that ended: nothing after the call was run, though the call itself took effect. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Ports whose calls are counted, and after one of which the process ends. */
export interface CrashingPorts<Ports> {
  readonly ports: Ports;
  calls(): number;
}

const PASSIVE = new Set(['telemetry', 'clock', 'table', 'advance', 'outside']);

/**
 * Wraps ports so that the process crashes right after the `n`-th outside call, when the outside has done its part and
 * nobody knows yet. Telemetry and the clock are no outside calls.
 */
export function crashAfter<Ports extends object>(ports: Ports, n: number): CrashingPorts<Ports> {
  let calls = 0;
  const call = async (made: () => Promise<unknown>): Promise<unknown> => {
    calls += 1;
    const isLast = calls === n;
    const result = await made();
    if (isLast) throw new Crash(`after outside call ${n}`);
    return result;
  };
  const wrapped = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, PASSIVE.has(name) ? port : countCalls(port, call)]),
  );
  return { ports: wrapped as Ports, calls: () => calls };
}

type Count = (made: () => Promise<unknown>) => Promise<unknown>;
type Method = (...values: unknown[]) => Promise<unknown>;

function countCalls(port: unknown, count: Count): unknown {
  if (typeof port === 'function') return (...values: unknown[]) => count(() => (port as Method)(...values));
  return new Proxy(port as Record<string, unknown>, {
    get: (target, name: string) => {
      const member = target[name];
      return typeof member === 'function'
        ? (...values: unknown[]) => count(() => (member as Method).apply(target, values))
        : member;
    },
  });
}
