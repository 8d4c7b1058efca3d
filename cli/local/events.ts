import { LocalError } from './local-error.ts';

const BEFORE_DOWNLOAD = ['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop'];
const BEFORE_INSTALL = [...BEFORE_DOWNLOAD, 'DownloadBundle', 'BeforeInstall'];

/** Every event of a deployment, in order. */
export const DEFAULT_EVENTS: readonly string[] = [
  ...BEFORE_INSTALL,
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
];

/**
 * The events to run: those asked for, in their order, custom ones among them. DownloadBundle and Install are put in
 * front where they are missing, as nothing can run without them.
 * @throws LocalError when an event of the new revision would come before it is there
 */
export function eventsToRun(asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined) return DEFAULT_EVENTS;
  const withDownload = asked.includes('DownloadBundle') ? asked : ['DownloadBundle', ...asked];
  requireOnlyBefore('DownloadBundle', BEFORE_DOWNLOAD, asked);
  requireOnlyBefore('Install', BEFORE_INSTALL, asked);
  if (asked.includes('Install')) return withDownload;
  return withDownload.flatMap((event) => (event === 'DownloadBundle' ? [event, 'Install'] : [event]));
}

function requireOnlyBefore(event: string, allowed: readonly string[], asked: readonly string[]): void {
  const before = asked.slice(0, Math.max(0, asked.indexOf(event)));
  if (before.every((earlier) => allowed.includes(earlier))) return;
  throw new LocalError(
    `The only events that can be specified before ${event} are ${allowed.join(',')}. Please fix the order of your specified events: ${asked.join(',')}`,
  );
}
