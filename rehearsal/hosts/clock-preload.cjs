/**
 * Lets a node program on a host live in rehearsed time: loaded with `--require` by the machine image's `node`, and by
 * NODE_OPTIONS into a program that carries a Node of its own, as the agent does. CommonJS, as that may be an old one.
 *
 * REHEARSAL_CLOCK=1763769600000:1763769600000:60   (wall epoch ms : rehearsed epoch ms : speed)
 *
 * Scaled are what a program waits by: Date, setTimeout, setInterval, timers/promises. What measures or limits work
 * stays wall time, because work is not hurried: performance.now, AbortSignal.timeout, socket timeouts, and the timers
 * that Node sets for itself (fetch guards its connections with them).
 */
/* eslint-disable @typescript-eslint/no-require-imports -- what NODE_OPTIONS names must be loadable by any Node */
const timers = require('node:timers');
const timersPromises = require('node:timers/promises');
const { syncBuiltinESMExports } = require('node:module');
const { promisify } = require('node:util');

const LONGEST_TIMER_MS = 2 ** 31 - 1;
const [wallOriginMs, rehearsedOriginMs, speed] = (process.env.REHEARSAL_CLOCK ?? '0:0:1').split(':').map(Number);

/** @param {number} wallMs */
const toRehearsed = (wallMs) => Math.floor(rehearsedOriginMs + (wallMs - wallOriginMs) * speed);

/** What is no usable delay is left alone, so that Node answers it as it always does. */
const toWall = (delay) => (Number(delay) > 0 && Number(delay) <= LONGEST_TIMER_MS ? Number(delay) / speed : delay);

/** A proxy and not a subclass: dates that Node makes itself stay instances of the Date that programs see. */
function rehearseDate() {
  const WallDate = Date;
  const wallNow = WallDate.now;
  const now = () => toRehearsed(wallNow());
  globalThis.Date = new Proxy(WallDate, {
    construct: (target, args, newTarget) => {
      const constructor = newTarget === globalThis.Date ? target : newTarget;
      return Reflect.construct(target, args.length === 0 ? [now()] : args, constructor);
    },
    apply: (target) => new target(now()).toString(),
  });
  WallDate.now = now;
  WallDate.prototype.constructor = globalThis.Date;
}

/** Whether Node itself asks: its own timers guard work. */
function calledByNode(calledFunction) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  const trace = {};
  Error.captureStackTrace(trace, calledFunction);
  Error.stackTraceLimit = stackTraceLimit;
  return typeof trace.stack === 'string' && trace.stack.includes('node:internal/');
}

function rehearseTimer(name) {
  const wallTimer = globalThis[name];
  const rehearsedTimer = (callback, delay, ...args) =>
    wallTimer(callback, calledByNode(rehearsedTimer) ? delay : toWall(delay), ...args);
  Object.defineProperty(rehearsedTimer, 'name', { value: name });
  globalThis[name] = rehearsedTimer;
  timers[name] = rehearsedTimer;
  return rehearsedTimer;
}

function rehearseTimers() {
  const { setTimeout: wait, setInterval: ticks } = timersPromises;
  timersPromises.setTimeout = (delay, ...rest) => wait(toWall(delay), ...rest);
  timersPromises.setInterval = (delay, ...rest) => ticks(toWall(delay), ...rest);
  timersPromises.scheduler.wait = (delay, options) => wait(toWall(delay), undefined, options);
  const setTimeout = rehearseTimer('setTimeout');
  Object.defineProperty(setTimeout, promisify.custom, { value: timersPromises.setTimeout });
  rehearseTimer('setInterval');
  syncBuiltinESMExports();
}

if (speed !== 1) {
  rehearseDate();
  rehearseTimers();
}
