import { expect, it } from 'vitest';
import { eventsToRun } from '../../../cli/local/events.ts';

it('runs every event in order unless told otherwise', () => {
  expect(eventsToRun(undefined)).toEqual([
    'BeforeBlockTraffic',
    'AfterBlockTraffic',
    'ApplicationStop',
    'DownloadBundle',
    'BeforeInstall',
    'Install',
    'AfterInstall',
    'ApplicationStart',
    'ValidateService',
    'BeforeAllowTraffic',
    'AfterAllowTraffic',
  ]);
});

it.each([
  ['ApplicationStart', 'DownloadBundle,Install,ApplicationStart'],
  ['ApplicationStop,DownloadBundle,AfterInstall', 'ApplicationStop,DownloadBundle,Install,AfterInstall'],
  ['BeforeInstall,Install,Smoke', 'DownloadBundle,BeforeInstall,Install,Smoke'],
  ['DownloadBundle,Install', 'DownloadBundle,Install'],
])('completes %s to %s', (asked, run) => {
  expect(eventsToRun(asked.split(',')).join(',')).toBe(run);
});

it.each([
  ['BeforeInstall,DownloadBundle', 'DownloadBundle are BeforeBlockTraffic,AfterBlockTraffic,ApplicationStop'],
  [
    'DownloadBundle,AfterInstall,Install',
    'Install are BeforeBlockTraffic,AfterBlockTraffic,ApplicationStop,DownloadBundle,BeforeInstall',
  ],
])('refuses the order of %s', (asked, rule) => {
  expect(() => eventsToRun(asked.split(','))).toThrow(
    `The only events that can be specified before ${rule}. Please fix the order of your specified events: ${asked}`,
  );
});
