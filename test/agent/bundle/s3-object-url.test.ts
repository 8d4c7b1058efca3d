import { expect, it } from 'vitest';
import { s3ObjectUrl } from '../../../agent/bundle/s3-object-url.ts';

const s3 = { region: 'eu-west-1', domain: 'amazonaws.com' };

it.each([
  [{ bucket: 'b', key: 'dir/web (1)+é.zip' }, 'https://b.s3.eu-west-1.amazonaws.com/dir/web%20%281%29%2B%C3%A9.zip'],
  [{ bucket: 'b', key: 'k', version: 'v 1' }, 'https://b.s3.eu-west-1.amazonaws.com/k?versionId=v%201'],
  [{ bucket: 'with.dots', key: 'k' }, 'https://s3.eu-west-1.amazonaws.com/with.dots/k'],
])('finds %j at %s', (location, url) => {
  expect(s3ObjectUrl(location, s3).href).toBe(url);
});

it('addresses a custom endpoint path-style, below its own path', () => {
  const endpoint = new URL('http://127.0.0.1:4580/s3/');

  expect(s3ObjectUrl({ bucket: 'b', key: 'a//b' }, { ...s3, endpoint }).href).toBe('http://127.0.0.1:4580/s3/b/a//b');
});
