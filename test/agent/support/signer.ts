import { generateKeyPairSync } from 'node:crypto';
import { selfSignedCertificate } from '../../../core/signing/self-signed-certificate.ts';
import type { Signer } from '../../../core/signing/signed-message.ts';

/** Somebody who signs deployment specifications. */
export function aSigner(commonName: string): Signer {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [notBefore, notAfter] = [new Date('2026-01-01T00:00:00Z'), new Date('2126-01-01T00:00:00Z')];
  const serialNumber = Buffer.from(commonName).subarray(0, 8);
  return {
    privateKey,
    certificate: selfSignedCertificate(privateKey, { commonName, serialNumber, notBefore, notAfter }),
  };
}
