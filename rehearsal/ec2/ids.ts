import { randomBytes } from 'node:crypto';

/** A new id as EC2 makes them: `i-` or another prefix and 17 hexadecimal digits. */
export const newId = (prefix: string): string => `${prefix}-${randomBytes(9).toString('hex').slice(0, 17)}`;
