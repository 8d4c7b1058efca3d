import { expect, it } from 'vitest';
import { completeAcl } from '../../../agent/install/complete-acl.ts';

it.each([
  [['user:deploy:rwx'], ['user:deploy:rwx', 'user::rw-', 'group::r--', 'other::---', 'mask::r--']],
  [
    ['user:deploy:rwx', 'mask::rwx'],
    ['user:deploy:rwx', 'mask::rwx', 'user::rw-', 'group::r--', 'other::---'],
  ],
  [['mask::r-x'], ['mask::r-x', 'user::rw-', 'group::r--', 'other::---']],
  [
    ['default:user:deploy:rwx', 'default:group::r-x'],
    [
      'default:user:deploy:rwx',
      'default:group::r-x',
      'user::rw-',
      'group::r--',
      'other::---',
      'default:user::rw-',
      'default:other::---',
      'default:mask::r-x',
    ],
  ],
])('completes %j from the mode of the file', (entries, complete) => {
  expect(completeAcl(entries, 0o640)).toEqual(complete);
});
