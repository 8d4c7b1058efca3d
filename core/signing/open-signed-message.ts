import { createHash, verify, X509Certificate } from 'node:crypto';

import { contentsOf, isTagged, membersOf, objectIdentifier, retagged } from './der.ts';
import { DATA, SIGNED_DATA } from './signed-message.ts';

/** A text whose signature was checked, and who signed it. */
export interface OpenedMessage {
  readonly text: string;
  readonly certificate: X509Certificate;
}

/** A message that cannot be read, or whose signature does not hold. The message says what is wrong with it. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
}

const CONTENT_TYPE = objectIdentifier('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = objectIdentifier('1.2.840.113549.1.9.4');
/** What is older than SHA-256 can be forged. */
const DIGESTS = [
  { name: 'sha256', identifier: objectIdentifier('2.16.840.1.101.3.4.2.1') },
  { name: 'sha384', identifier: objectIdentifier('2.16.840.1.101.3.4.2.2') },
  { name: 'sha512', identifier: objectIdentifier('2.16.840.1.101.3.4.2.3') },
];

const [INTEGER, OCTET_STRING, SEQUENCE, SET, TAG_0, TAG_1] = [0x02, 0x04, 0x30, 0x31, 0xa0, 0xa1];

/**
 * Opens a signed message, PKCS #7 in PEM, as `signedMessage` or `openssl smime -sign -nodetach -outform PEM` makes it:
 * one signer, with RSA (PKCS #1) or ECDSA, its certificate and the content inside, with or without signed attributes.
 * Digest and signature must hold. Whether the certificate is one to trust is for the caller to say.
 * @throws SignatureError
 */
export function openSignedMessage(pem: string): OpenedMessage {
  try {
    return open(derOf(pem));
  } catch (error) {
    if (error instanceof SignatureError) throw error;
    throw new SignatureError('Could not parse the PKCS7: its encoding is damaged', { cause: error });
  }
}

function derOf(pem: string): Buffer {
  const [, base64] = /-----BEGIN (?:PKCS7|PKCS #7 SIGNED DATA)-----([\s\w+/=]+)-----END/.exec(pem) ?? [];
  if (base64 === undefined) throw new SignatureError('Could not parse the PKCS7: no start line');
  return Buffer.from(base64, 'base64');
}

/** Members of these structures are drawn in `signed-message.ts`. */
function open(der: Buffer): OpenedMessage {
  const [type, wrapped] = membersOf(der);
  if (!type?.equals(objectIdentifier(SIGNED_DATA))) throw new SignatureError('The PKCS7 holds no signed data');
  const [signedData] = membersOf(required(wrapped, 'signed data'));
  const members = membersOf(required(signedData, 'signed data'));
  const content = contentOf(required(members[2], 'content'));
  const certificates = members.find((member) => isTagged(member, TAG_0));
  const signerInfos = membersOf(required(members.at(-1), 'signer'));
  if (signerInfos.length > 1) throw new SignatureError('The PKCS7 has several signers; this reader takes one');
  const signer = readSigner(required(signerInfos[0], 'signer'));
  const certificate = certificateOf(signer.issuerAndSerialNumber, certificates);

  const signed = signer.attributes ? checkedAttributes(signer.attributes, content, signer.digest) : content;
  if (!verify(signer.digest, signed, certificate.publicKey, signer.signature)) {
    throw new SignatureError('The signature of the PKCS7 does not hold: it was changed, or signed by another key');
  }
  return { text: new TextDecoder('utf-8', { fatal: true }).decode(content), certificate };
}

function contentOf(contentInfo: Buffer): Buffer {
  const [type, wrapped] = membersOf(contentInfo);
  if (!type?.equals(objectIdentifier(DATA)) || !wrapped) throw new SignatureError('The PKCS7 has no content inside');
  const [content] = membersOf(wrapped);
  return contentsOf(expected(content, OCTET_STRING, 'content'));
}

interface SignerInfo {
  readonly issuerAndSerialNumber: readonly Buffer[];
  /** As node:crypto names it. */
  readonly digest: string;
  readonly attributes: Buffer | undefined;
  readonly signature: Buffer;
}

function readSigner(signerInfo: Buffer): SignerInfo {
  const members = membersOf(signerInfo).filter((member) => !isTagged(member, TAG_1));
  const attributes = members.find((member) => isTagged(member, TAG_0));
  const [, name, algorithm, , signature] = members.filter((member) => member !== attributes);
  const [identifier] = membersOf(required(algorithm, 'digest algorithm'));
  const digest = DIGESTS.find((known) => identifier?.equals(known.identifier));
  if (!digest) throw new SignatureError('The PKCS7 is signed with a digest other than SHA-256, SHA-384 or SHA-512');
  return {
    issuerAndSerialNumber: membersOf(expected(name, SEQUENCE, 'name of the signer')),
    digest: digest.name,
    attributes,
    signature: contentsOf(expected(signature, OCTET_STRING, 'signature')),
  };
}

/** The certificate of that issuer and number, of those that came along. */
function certificateOf(named: readonly Buffer[], certificates: Buffer | undefined): X509Certificate {
  for (const certificate of certificates ? membersOf(certificates) : []) {
    const [toBeSigned] = membersOf(certificate);
    const members = membersOf(required(toBeSigned, 'certificate'));
    const first = members.findIndex((member) => isTagged(member, INTEGER)); // behind the version, where there is one
    const [serialNumber, issuer] = [members[first], members[first + 2]];
    if (issuer && serialNumber && named[0]?.equals(issuer) && named[1]?.equals(serialNumber)) {
      return new X509Certificate(certificate);
    }
  }
  throw new SignatureError('The PKCS7 lacks the certificate of its signer');
}

/** Attributes are signed in the place of the content, whose digest is one of them. @returns what the signature is over */
function checkedAttributes(attributes: Buffer, content: Buffer, digest: string): Buffer {
  const valueOf = (type: Buffer): Buffer | undefined => {
    const found = membersOf(attributes).find((attribute) => membersOf(attribute)[0]?.equals(type));
    const [, values] = found ? membersOf(found) : [];
    return values && membersOf(values)[0];
  };
  const contentDigest = contentsOf(required(valueOf(MESSAGE_DIGEST), 'digest'));
  if (!contentDigest.equals(createHash(digest).update(content).digest())) {
    throw new SignatureError('The content of the PKCS7 was changed after it was signed: its digest differs');
  }
  if (!valueOf(CONTENT_TYPE)?.equals(objectIdentifier(DATA))) {
    throw new SignatureError('The PKCS7 was signed as content of another type');
  }
  return retagged(SET, attributes);
}

function required(value: Buffer | undefined, what: string): Buffer {
  if (value === undefined) throw new SignatureError(`The PKCS7 has no ${what}`);
  return value;
}

function expected(value: Buffer | undefined, tag: number, what: string): Buffer {
  if (!value || !isTagged(value, tag)) throw new SignatureError(`The ${what} of the PKCS7 is missing or in pieces`);
  return value;
}
