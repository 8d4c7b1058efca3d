import type { FileMapping } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import type { Position } from './position.ts';
import type { Report } from './report.ts';
import { attempt, readEach } from './report.ts';
import { listOf, mapOf, requiredTextOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';

/** Reads the `files` section. */
export function parseFiles(section: Place | undefined, report: Report): FileMapping[] {
  return readEach(listOf(section, 'the files section'), parseFile, report);
}

function parseFile(place: Place, report: Report): FileMapping | undefined {
  const { entries, line, column } = mapOf(place, 'an entry of the files section');
  const source = attempt(() => requiredTextOf(entries.get('source'), 'the source of a file', noSource(place)), report);
  const destination = attempt(
    () => requiredTextOf(entries.get('destination'), 'the destination of a file', noDestination(source, place)),
    report,
  );
  return source === undefined || destination === undefined ? undefined : { source, destination, line, column };
}

function noSource(at: Position): AppSpecError {
  return new AppSpecError(
    'The deployment failed because the application specification file specifies a destination file, but no source file. Update the files section of the AppSpec file, and then try again.',
    at,
    'add "source:", a path inside the revision, or "/" for all of it',
  );
}

function noDestination(source: string | undefined, at: Position): AppSpecError {
  return new AppSpecError(
    `The deployment failed because the application specification file specifies only a source file (${source ?? ''}). Add the name of the destination file to the files section of the AppSpec file, and then try again.`,
    at,
    'add "destination:", the directory on the host that receives it',
  );
}
