import { APP_SPEC_FILE_NAME, LARGEST_APP_SPEC_BYTES } from '../../core/app-spec/index.ts';
import { endReading } from './app-spec-reading.ts';

/** The AppSpec of a bundle. */
export interface FoundAppSpec {
  /** Inside the revision; of an AppSpec file by itself, its key. */
  readonly path: string;
  readonly text: string;
}

/** @throws ReadingEnded */
export function noAppSpec(): never {
  return endReading('unusable', `it has no ${APP_SPEC_FILE_NAME} at its top: put one there`);
}

/** @throws ReadingEnded */
export function requireBearable(path: string, bytes: number): void {
  if (bytes <= LARGEST_APP_SPEC_BYTES) return;
  endReading('unusable', `its ${path} has ${bytes} bytes, of at most ${LARGEST_APP_SPEC_BYTES}`);
}

/** A link leads to another entry, which hosts follow. @throws ReadingEnded */
export function isNoFile(path: string): never {
  return endReading('unreadable', `its ${path} is no regular file`);
}
