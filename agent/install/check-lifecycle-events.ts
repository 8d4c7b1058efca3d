import { HOOK_SCRIPT_EVENTS } from '../../core/lifecycle-event.ts';
import { InstallError } from './install-error.ts';

const DEFAULT_EVENTS: readonly string[] = [...HOOK_SCRIPT_EVENTS, 'DownloadBundle', 'Install'];

/**
 * Compares the events of an AppSpec with those that a deployment lists: none may have scripts that never run, and no
 * custom event may be asked for in vain.
 * @throws InstallError in the words of AWS's agent
 */
export function checkLifecycleEvents(inAppSpec: readonly string[], listed: readonly string[], file: string): void {
  const unknown = inAppSpec.filter((event) => !listed.includes(event));
  if (unknown.length > 0) {
    const names = unknown.map((event) => JSON.stringify(event)).join(', ');
    throw new InstallError(`${file} file contains unknown lifecycle events: [${names}]`);
  }
  const absent = listed.filter((event) => !DEFAULT_EVENTS.includes(event) && !inAppSpec.includes(event));
  if (absent.length === 0) return;
  throw new InstallError(
    `You specified a lifecycle event which is not a default one and doesn't exist in your ${file} file: ${absent.join(',')}`,
  );
}
