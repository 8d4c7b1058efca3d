import { expect, it } from 'vitest';

import { hostIn, hostSecretPath } from '../../core/host-secret.ts';

const KEY = Buffer.alloc(32, 1);
const HOST = { accountId: '111122223333', roleName: 'Web+Role=@a,b.c', instanceId: 'i-0a1b2c3d4e5f60718' };
const PATH = hostSecretPath(HOST, KEY);

it('lets the host in that it was made for, wherever slashes stand around it', () => {
  expect(hostIn(PATH, KEY)).toEqual(HOST);
  expect(hostIn(`/${PATH}/`, KEY)).toEqual(HOST);
});

it('holds nothing that a URL would change', () => {
  expect(new URL(`https://engine.example/${PATH}`).pathname).toBe(`/${PATH}`);
});

it.each([
  ['another installation', PATH, Buffer.alloc(32, 2)],
  ['another host', PATH.replace('i-0a1b', 'i-0a1c'), KEY],
  ['another role', PATH.replace('Web', 'Ops'), KEY],
  ['another account', PATH.replace('1111', '2222'), KEY],
  ['a secret cut short', PATH.slice(0, -1), KEY],
  ['a secret and more', `${PATH}AAAA`, KEY],
  ['no secret', PATH.slice(0, PATH.lastIndexOf('/')), KEY],
  ['a segment too many', `${PATH}/more`, KEY],
  ['a stray percent sign', `${PATH}%`, KEY],
  ['nothing', '/', KEY],
])('lets nobody in with %s', (_, path, key) => {
  expect(hostIn(path, key)).toBeUndefined();
});
