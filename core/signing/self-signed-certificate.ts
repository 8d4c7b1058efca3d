import { createPublicKey, type KeyObject, sign } from 'node:crypto';

import { bitString, explicit, generalizedTime, integer, objectIdentifier, sequence, setOf, utf8String } from './der.ts';

export const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';

export interface CertificateFields {
  readonly commonName: string;
  /** At most 20 bytes, the first below 0x80. */
  readonly serialNumber: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/*
 * RFC 5280, section 4.1, without extensions:
 *
 *   Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature BIT STRING }
 *   tbsCertificate ::= SEQUENCE { [0] version (2 is v3), serialNumber, signature algorithm, issuer,
 *                                 validity { notBefore, notAfter }, subject, subjectPublicKeyInfo }
 */

/** The certificate, in DER, by which the holder of an elliptic curve's private key vouches for itself. */
export function selfSignedCertificate(privateKey: KeyObject, fields: CertificateFields): Buffer {
  const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
  const name = sequence(setOf(sequence(objectIdentifier(COMMON_NAME), utf8String(fields.commonName))));
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(fields.serialNumber),
    algorithm,
    name,
    sequence(generalizedTime(fields.notBefore), generalizedTime(fields.notAfter)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  );
  return sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, privateKey)));
}
