import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Cloud } from './cloud.ts';

interface Answer {
  readonly Endpoint?: string;
  readonly HostCommand?: HostCommand | null;
  readonly Slipway?: { readonly HostCommand?: HostCommand | null };
}

export interface HostCommand {
  readonly HostCommandIdentifier: string;
  readonly CommandName: string;
}

/** Speaks to the command service in the place of an instance's agent, when that one has fallen silent. */
export class HostVoice {
  readonly #cloud: Cloud;
  readonly #instanceId: string;

  constructor(cloud: Cloud, instanceId: string) {
    this.#cloud = cloud;
    this.#instanceId = instanceId;
  }

  /** The endpoint for AWS's agent on this host. */
  async issueSecret(): Promise<string> {
    return (await this.#call('IssueHostSecret', { HostIdentifier: this.hostIdentifier })).Endpoint ?? '';
  }

  get hostIdentifier(): string {
    const { region, accountId } = this.#cloud.rehearsal;
    return `arn:aws:ec2:${region}:${accountId}:instance/${this.#instanceId}`;
  }

  /** The command that waits for the host, if there is one. */
  async poll(): Promise<HostCommand | undefined> {
    return (await this.#call('PollHostCommand', { HostIdentifier: this.hostIdentifier })).HostCommand ?? undefined;
  }

  /** Reports the success of a command. @returns the next one of the leg */
  async succeed({ HostCommandIdentifier }: HostCommand): Promise<HostCommand | undefined> {
    const Payload = JSON.stringify({ error_code: 0, script_name: '', message: 'Succeeded', log: '' });
    const answer = await this.#call('PutHostCommandComplete', {
      HostCommandIdentifier,
      CommandStatus: 'Succeeded',
      Diagnostics: { Format: 'JSON', Payload },
      Slipway: { NoopEvents: [] },
    });
    return answer.Slipway?.HostCommand ?? undefined;
  }

  async #call(operation: string, input: object): Promise<Answer> {
    const { hostname, port, host, pathname, href } = new URL(this.#cloud.engine('CommandServiceUrl'));
    const signer = new SignatureV4({
      service: 'lambda',
      region: this.#cloud.rehearsal.region,
      sha256: Sha256,
      credentials: await this.#credentials(),
    });
    const body = JSON.stringify(input);
    const unsigned = {
      method: 'POST',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: pathname,
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `CodeDeployCommandService_v20141006.${operation}`,
        'x-amz-codedeploy-agent-version': 'SLIPWAY_voice',
      },
      body,
    };
    const { headers } = await signer.sign(unsigned, { signingDate: new Date(this.#cloud.rehearsal.clock.now()) });
    const response = await fetch(href, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`The command service answered ${operation} with ${response.status}`);
    return (await response.json()) as Answer;
  }

  /** The instance's own: it is the session's name that says which host speaks. */
  async #credentials() {
    const role = await this.#cloud.resource('SlipwayExampleFleet', /InstanceRole[0-9A-F]{8}$/);
    const { rehearsal } = this.#cloud;
    return rehearsal.credentialsOf(`arn:aws:iam::${rehearsal.accountId}:role/${role}`, this.#instanceId);
  }
}
