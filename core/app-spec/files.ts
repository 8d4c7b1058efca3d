import type { FileMapping } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import { listOf, mapOf, textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';

/** Reads the `files` section. */
export function parseFiles(section: Place | undefined): FileMapping[] {
  return listOf(section, 'the files section').map(parseFile);
}

function parseFile(place: Place): FileMapping {
  const { entries, line } = mapOf(place, 'an entry of the files section');
  const source = textOf(entries.get('source'), 'the source of a file');
  const destination = textOf(entries.get('destination'), 'the destination of a file');
  if (source === undefined) {
    throw new AppSpecError(
      'The deployment failed because the application specification file specifies a destination file, but no source file. Update the files section of the AppSpec file, and then try again.',
      line,
      'add "source:", a path inside the revision, or "/" for all of it',
    );
  }
  if (destination === undefined) {
    throw new AppSpecError(
      `The deployment failed because the application specification file specifies only a source file (${source}). Add the name of the destination file to the files section of the AppSpec file, and then try again.`,
      line,
      'add "destination:", the directory on the host that receives it',
    );
  }
  return { source, destination, line };
}
