import { text } from 'node:stream/consumers';
import { send } from './send.ts';

/** What a request is signed with. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Those of the environment, as everywhere else first; otherwise those of the machine's role, from instance metadata.
 * An SDK's provider would give metadata a second to answer: too little while fifty machines start on two cores.
 * @throws Error when the machine has no role
 */
export async function findCredentials(): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env;
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }) };

  const metadata = new URL('/latest/', process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT);
  const token = await text(
    await send(new URL('api/token', metadata), 'PUT', { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }),
  );
  const roles = new URL('meta-data/iam/security-credentials/', metadata);
  const ask = async (url: URL): Promise<string> => text(await send(url, 'GET', { 'x-aws-ec2-metadata-token': token }));
  const role = await ask(roles);
  const { AccessKeyId, SecretAccessKey, Token } = JSON.parse(await ask(new URL(role, roles))) as Record<string, string>;
  return { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '', sessionToken: Token ?? '' };
}
