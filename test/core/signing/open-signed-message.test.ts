import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { openSignedMessage, SignatureError } from '../../../core/signing/open-signed-message.ts';
import { selfSignedCertificate } from '../../../core/signing/self-signed-certificate.ts';
import { signedMessage } from '../../../core/signing/signed-message.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = selfSignedCertificate(privateKey, {
  commonName: 'Slipway',
  serialNumber: Buffer.of(7),
  notBefore: new Date('2026-05-04T12:00:00Z'),
  notAfter: new Date('2126-05-04T12:00:00Z'),
});

/**
 * Made by OpenSSL 3.0: `openssl smime -sign -binary -nodetach -in spec.json -signer cert.pem -inkey key.pem -outform PEM`
 * with `-noattr`, `-nocerts`, `-md …`, without `-nodetach`, or with a second signer, as the names say.
 */
const byOpenSsl = (name: string): string => readFileSync(new URL(`openssl/${name}.pem`, import.meta.url), 'utf8');

/** The message with a text of its encoding replaced by one as long. */
function altered(pem: string, from: Buffer | string, to: Buffer | string): string {
  const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64').toString('latin1');
  const [before, after] = [from, to].map((text) => Buffer.from(text).toString('latin1'));
  expect(der).toContain(before);
  const base64 = Buffer.from(der.replace(before ?? '', after ?? ''), 'latin1').toString('base64');
  return `-----BEGIN PKCS7-----\n${base64}\n-----END PKCS7-----\n`;
}

describe('a signed message is opened', () => {
  it.each(['', '{"Schlüssel":"Größe"}', 'x'.repeat(70_000)])('when we signed it', (text) => {
    const opened = openSignedMessage(signedMessage(text, { privateKey, certificate }));

    expect(opened.text).toBe(text);
    expect(opened.certificate.raw).toEqual(certificate);
  });

  it.each(['rsa', 'rsa-without-attributes', 'ecdsa', 'ecdsa-without-attributes', 'ecdsa-sha384'])(
    'when OpenSSL signed it: %s',
    (name) => {
      const opened = openSignedMessage(byOpenSsl(name));

      expect(opened.text).toBe('{"DeploymentId":"d-ABCDEF123","Größe":1}');
      expect(opened.certificate.subject).toMatch(name.startsWith('rsa') ? 'CN=slipway-signer' : 'CN=slipway-ec');
    },
  );

  it.each([
    ['with Windows line ends', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['without a last line end', (pem: string) => pem.trimEnd()],
    ['under its longer label', (pem: string) => pem.replaceAll('PKCS7', 'PKCS #7 SIGNED DATA')],
    ['after a text', (pem: string) => `signed for you:\n${pem}`],
  ])('%s', (_how, rewritten) => {
    expect(openSignedMessage(rewritten(byOpenSsl('ecdsa'))).text).toContain('d-ABCDEF123');
  });
});

describe('a signed message is refused', () => {
  it.each([
    ['rsa', /its digest differs/],
    ['rsa-without-attributes', /signature of the PKCS7 does not hold/],
    ['ecdsa', /its digest differs/],
    ['ecdsa-without-attributes', /signature of the PKCS7 does not hold/],
  ])('when its content was changed: %s', (name, message) => {
    const pem = altered(byOpenSsl(name), 'd-ABCDEF123', 'd-ABCDEF124');

    expect(() => openSignedMessage(pem)).toThrow(message);
  });

  it('when its attributes were changed with the content', () => {
    const [contentType, other] = ['2a864886f70d010903', '2a864886f70d01090f'].map((hex) => Buffer.from(hex, 'hex'));
    if (!contentType || !other) throw new TypeError('two identifiers');

    expect(() => openSignedMessage(altered(byOpenSsl('rsa'), contentType, other))).toThrow(/content of another type/);
  });

  it.each([
    ['detached', 'The PKCS7 has no content inside'],
    ['without-certificate', 'The PKCS7 lacks the certificate of its signer'],
    ['sha1', 'The PKCS7 is signed with a digest other than SHA-256, SHA-384 or SHA-512'],
    ['two-signers', 'The PKCS7 has several signers; this reader takes one'],
  ])('when OpenSSL made it %s', (name, message) => {
    expect(() => openSignedMessage(byOpenSsl(name))).toThrow(message);
  });

  it.each(['', '{"DeploymentId":"d-1"}', byOpenSsl('rsa').replaceAll('PKCS7', 'CMS')])('when it is none', (text) => {
    expect(() => openSignedMessage(text)).toThrow('Could not parse the PKCS7: no start line');
  });

  it('when it is damaged anywhere that matters, never with another error', () => {
    const der = Buffer.from(byOpenSsl('ecdsa').replace(/-----.*-----/g, ''), 'base64');
    const damage = fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });

    fc.assert(
      fc.property(damage, fc.nat(der.length), (changes, cutAt) => {
        const bytes = Buffer.from(der);
        for (const [at, value] of changes) bytes[at] = value;
        const pem = `-----BEGIN PKCS7-----\n${bytes.subarray(0, cutAt || undefined).toString('base64')}\n-----END PKCS7-----\n`;
        try {
          expect(openSignedMessage(pem).text).toContain('d-ABCDEF123');
        } catch (error) {
          expect(error).toBeInstanceOf(SignatureError);
        }
      }),
      { numRuns: 300, seed: 20_260_219 },
    );
  });
});
