import { afterAll } from 'vitest';
import { removeTemporaryDirectories } from './temporary-directory.ts';

// Vitest runs this for every test file, in whichever process it runs.
afterAll(removeTemporaryDirectories);
