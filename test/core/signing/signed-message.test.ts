import { generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';

import { expect, it } from 'vitest';

import { integer, membersOf, objectIdentifier, octetString, sequence } from '../../../core/signing/der.ts';
import { selfSignedCertificate } from '../../../core/signing/self-signed-certificate.ts';
import { signedMessage } from '../../../core/signing/signed-message.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = selfSignedCertificate(privateKey, {
  commonName: 'Slipway',
  serialNumber: Buffer.from('7f00ff', 'hex'),
  notBefore: new Date('2026-05-04T12:00:00Z'),
  notAfter: new Date('2126-05-04T12:00:00Z'),
});

it('vouches for itself with a certificate that others can read', () => {
  const read = new X509Certificate(certificate);

  expect(read.subject).toBe('CN=Slipway');
  expect(read.issuer).toBe(read.subject);
  expect(read.serialNumber).toBe('7F00FF');
  expect(read.validFromDate).toEqual(new Date('2026-05-04T12:00:00Z'));
  expect(read.validToDate).toEqual(new Date('2126-05-04T12:00:00Z'));
  expect(read.verify(read.publicKey)).toBe(true);
});

it.each(['', '{"Schlüssel":"Größe"}', 'x'.repeat(70_000)])('carries the text and a signature over it', (text) => {
  const message = signedMessage(text, { privateKey, certificate });

  const der = Buffer.from(message.replace(/-----.*-----/g, ''), 'base64');
  const [, tagged = der] = membersOf(der);
  const [signedData = der] = membersOf(tagged);
  const [, , , , signerInfos = der] = membersOf(signedData);
  const [signerInfo = der] = membersOf(signerInfos);
  const signature = membersOf(signerInfo).at(-1)?.subarray(2) ?? der;
  expect(message).toMatch(/^-----BEGIN PKCS7-----\n([\w+/=]{1,64}\n)+-----END PKCS7-----\n$/);
  expect(der.includes(octetString(Buffer.from(text)))).toBe(true);
  expect(verify('sha256', Buffer.from(text), new X509Certificate(certificate).publicKey, signature)).toBe(true);
});

it.skipIf(spawnSync('openssl', ['version']).status !== 0)('is what OpenSSL takes for a signed message', () => {
  const input = signedMessage('{"DeploymentId":"d-ABCDEF123"}', { privateKey, certificate });

  const arguments_ = ['smime', '-verify', '-noverify', '-inform', 'PEM'];
  const content = execFileSync('openssl', arguments_, { input, stdio: 'pipe' }).toString();

  expect(content).toBe('{"DeploymentId":"d-ABCDEF123"}');
});

it('encodes as the standard’s examples do', () => {
  expect(integer(Buffer.of(0)).toString('hex')).toBe('020100');
  expect(integer(Buffer.of(0, 0, 128)).toString('hex')).toBe('02020080');
  expect(objectIdentifier('1.2.840.113549').toString('hex')).toBe('06062a864886f70d');
  expect(
    sequence(octetString(Buffer.alloc(128)))
      .subarray(0, 6)
      .toString('hex'),
  ).toBe('308183048180');
  expect(() => membersOf(Buffer.from('30030405', 'hex'))).toThrow(RangeError);
});
