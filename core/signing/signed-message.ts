import { type KeyObject, sign } from 'node:crypto';

import { explicit, integer, membersOf, nothing, objectIdentifier, octetString, sequence, setOf } from './der.ts';
import { ECDSA_WITH_SHA256 } from './self-signed-certificate.ts';

export const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const DATA = '1.2.840.113549.1.7.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** Who signs: a private key of an elliptic curve, and the certificate, in DER, of its public half. */
export interface Signer {
  readonly privateKey: KeyObject;
  readonly certificate: Buffer;
}

/*
 * RFC 2315, sections 7 and 9, with one signer and no attributes, so that the signature is over the content itself:
 *
 *   ContentInfo ::= SEQUENCE { signedData, [0] SignedData }
 *   SignedData  ::= SEQUENCE { version, digestAlgorithms SET, ContentInfo { data, [0] OCTET STRING },
 *                              [0] certificates, signerInfos SET }
 *   SignerInfo  ::= SEQUENCE { version, { issuer, serialNumber }, digestAlgorithm, signatureAlgorithm, OCTET STRING }
 */

/**
 * A text with its signature and the signer's certificate: PKCS #7, in PEM. It is written by hand because it is this
 * small: a library for it would be most of the function's bundle.
 */
export function signedMessage(text: string, { privateKey, certificate }: Signer): string {
  const content = Buffer.from(text);
  const version = integer(Buffer.of(1));
  const digestAlgorithm = sequence(objectIdentifier(SHA256), nothing());
  const signerInfo = sequence(
    version,
    issuerAndSerialNumber(certificate),
    digestAlgorithm,
    sequence(objectIdentifier(ECDSA_WITH_SHA256)),
    octetString(sign('sha256', content, privateKey)),
  );
  const signedData = sequence(
    version,
    setOf(digestAlgorithm),
    sequence(objectIdentifier(DATA), explicit(0, octetString(content))),
    explicit(0, certificate), // implicitly tagged, a set of one encodes like this too
    setOf(signerInfo),
  );
  return pem('PKCS7', sequence(objectIdentifier(SIGNED_DATA), explicit(0, signedData)));
}

/** They lie behind the version and around the algorithm: version, serial number, algorithm, issuer. */
function issuerAndSerialNumber(certificate: Buffer): Buffer {
  const [toBeSigned = certificate] = membersOf(certificate);
  const [, serialNumber, , issuer] = membersOf(toBeSigned);
  if (!serialNumber || !issuer) throw new TypeError('The certificate has no issuer and serial number');
  return sequence(issuer, serialNumber);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
