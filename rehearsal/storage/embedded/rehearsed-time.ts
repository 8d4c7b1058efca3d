/**
 * Makes this process live in rehearsed time: `Date.now()` and `new Date()` answer by `REHEARSAL_CLOCK`
 * (`<wall epoch ms>:<rehearsed epoch ms>:<speed>`). Timers keep the wall's time.
 */
export function liveInRehearsedTime(origin: string | undefined): void {
  if (origin === undefined) return;
  const [wallStart = 0, rehearsedStart = 0, speed = 1] = origin.split(':').map(Number);
  const wallNow = Date.now;
  const now = (): number => Math.round(rehearsedStart + (wallNow() - wallStart) * speed);
  const WallDate = Date;
  globalThis.Date = new Proxy(WallDate, {
    construct: (target, args: [], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, property) => (property === 'now' ? now : (Reflect.get(target, property) as unknown)),
  });
}
