import { randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const SUFFIX_LENGTH = 12;

/** `<stack>-<logical id>-<12 random characters>`; when that is too long, stack and logical id share the room there is. */
export function generatedName(stackName: string, logicalId: string, maxLength = 255): string {
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const room = maxLength - SUFFIX_LENGTH - 2;
  if (stackName.length + logicalId.length <= room) return `${stackName}-${logicalId}-${suffix}`;
  const stackRoom = Math.min(stackName.length, Math.floor(room / 2));
  return `${stackName.slice(0, stackRoom)}-${logicalId.slice(0, room - stackRoom)}-${suffix}`;
}
