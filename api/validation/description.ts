import { DescriptionTooLong } from '../errors/revision-errors.ts';

const LONGEST_DESCRIPTION = 256;

/** Of a revision or a deployment. @throws DescriptionTooLong */
export function checkDescription(description: string | undefined): string | undefined {
  if (description !== undefined && description.length > LONGEST_DESCRIPTION) {
    throw new DescriptionTooLong(description.length, LONGEST_DESCRIPTION);
  }
  return description;
}
