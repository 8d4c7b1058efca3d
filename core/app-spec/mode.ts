import { AppSpecError } from './app-spec-error.ts';
import { BEGINNING } from './position.ts';
import { textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';

const LONGEST_MODE = 4;

/**
 * Reads a file mode as the digits that the file shows.
 *
 * YAML 1.1 takes an unquoted `0644` for an octal number, and AWS's agent then sets mode 420, which
 * is what 0644 is in decimal. Nobody means that; here 0644 is 0644, quoted or not.
 */
export function parseMode(place: Place | undefined): string | undefined {
  const digits = place?.kind === 'scalar' ? place.written.trim() : textOf(place, 'the mode of a permission');
  if (digits === undefined) return undefined;
  const at = place ?? BEGINNING;
  if (digits.length > LONGEST_MODE) {
    throw new AppSpecError(
      `The deployment failed because the length of a permissions mode (${digits}) in the application specification file is invalid. Permissions modes must be between one and four characters long. Update the permissions section of the AppSpec file, and then try again.`,
      at,
      'write at most four octal digits, such as 0755',
    );
  }
  const stranger = [...digits].find((character) => character < '0' || character > '7');
  if (stranger !== undefined) {
    throw new AppSpecError(
      `The deployment failed because the permissions mode (${digits}) in the application specification file contains an invalid character (${stranger}). Update the permissions section of the AppSpec file, and then try again.`,
      at,
      'use the digits 0 to 7 only, such as 0755',
    );
  }
  return digits.padStart(3, '0');
}
