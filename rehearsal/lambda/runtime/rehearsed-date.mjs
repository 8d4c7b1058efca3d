/**
 * Lets `Date` tell the rehearsal's time, so that what a function writes down fits what the rest of the cloud sees.
 * Timers stay on the wall: a function's work takes the time it takes, and its own timeouts guard that work.
 * @param {string | undefined} origin `<wall epoch ms>:<rehearsed epoch ms>:<speed>`
 */
export function followRehearsedTime(origin) {
  if (!origin) return;
  const [wallStart, rehearsedStart, speed] = origin.split(':').map(Number);
  const WallDate = Date;
  const wallNow = WallDate.now;
  const now = () => Math.floor(rehearsedStart + (wallNow() - wallStart) * speed);

  WallDate.now = now;
  globalThis.Date = new Proxy(WallDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new WallDate(now()).toString(),
  });
  WallDate.prototype.constructor = globalThis.Date;
}
