import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { refusalToServe } from '../identity/assume-role.ts';
import type { Ground } from '../part.ts';

/** Role of the account behind EC2 itself, in whose name it asks IAM. */
const serviceRole = (accountId: string): string =>
  `arn:aws:iam::${accountId}:role/aws-service-role/ec2.amazonaws.com/AWSServiceRoleForEC2`;

/**
 * Looks up the role of an instance profile with IAM's GetInstanceProfile.
 * @returns undefined for a profile without a role, or with one that does not trust EC2
 * @throws Error with IAM's answer for an unknown profile
 */
export function createInstanceProfileLookup(ground: Ground): (nameOrArn: string) => Promise<string | undefined> {
  return async (nameOrArn) => {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
    const body = new URLSearchParams({
      Action: 'GetInstanceProfile',
      Version: '2010-05-08',
      InstanceProfileName: name,
    });
    const answer = await signedPost(ground, body.toString());
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The instance profile ${name} has no known role: IAM answered ${text}`);
    const roleArn = /<Arn>(arn:[^<]*:role\/[^<]*)<\/Arn>/.exec(text)?.[1];
    // A role that does not trust EC2 gives its instances no credentials.
    const refused = roleArn !== undefined && (await refusalToServe(ground, roleArn, 'ec2.amazonaws.com'));
    return refused ? undefined : roleArn;
  };
}

async function signedPost(ground: Ground, body: string): Promise<Response> {
  const { hostname, port, host, href } = new URL(ground.endpoint());
  const signer = new SignatureV4({
    service: 'iam',
    region: ground.region,
    sha256: Sha256,
    credentials: ground.credentials.assumeRole(serviceRole(ground.accountId), 'EC2'),
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: { host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  return fetch(href, { method: 'POST', headers, body });
}
