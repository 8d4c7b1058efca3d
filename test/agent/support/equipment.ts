import { join } from 'node:path';
import { stagingBelow } from '../../../agent/config/staging.ts';
import { send } from '../../../agent/http/send.ts';
import { jsonLinesLog } from '../../../agent/log/agent-log.ts';
import type { EventEquipment } from '../../../agent/loop/carry-out-event.ts';
import { InstanceCredentials } from '../../../agent/metadata/instance-credentials.ts';
import { InstanceMetadata } from '../../../agent/metadata/instance-metadata.ts';
import type { DeploymentSpecification } from '../../../agent/protocol/deployment-specification.ts';
import { Layout } from '../../../agent/state/layout.ts';
import { Pointers } from '../../../agent/state/pointers.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A host for lifecycle events, in a directory of its own. */
export function anEquipment(signal = new AbortController().signal): EventEquipment & { readonly host: string } {
  const host = temporaryDirectory();
  const layout = new Layout(join(host, 'root'), 'ongoing-deployment');
  const log = jsonLinesLog(() => undefined, { verbose: false });
  const metadata = new InstanceMetadata(send, 'http://127.0.0.1:9');
  const credentials = new InstanceCredentials(metadata, Date.now);
  const connection = { timeoutMs: 1000, pause: async () => {} };
  return {
    host,
    layout,
    pointers: new Pointers(layout),
    place: stagingBelow(host),
    sources: {
      send,
      s3: { region: 'us-east-1', domain: 'amazonaws.com', credentials, ...connection },
      gitHub: { endpoint: new URL('http://127.0.0.1:9'), ...connection },
    },
    maxRevisions: 5,
    enableDeploymentsLog: true,
    scripts: { env: process.env, workingDirectory: host, graceMs: 300, log, signal },
  };
}

/** A deployment's specification with what the test is about. */
export function aSpecification(own: Partial<DeploymentSpecification> = {}): DeploymentSpecification {
  return {
    deploymentId: 'd-TEST00001',
    deploymentGroupId: 'group',
    deploymentGroupName: 'web-fleet',
    applicationName: 'web',
    deploymentCreator: 'user',
    deploymentType: 'IN_PLACE',
    appSpecFilename: 'appspec.yml',
    fileExistsBehavior: 'DISALLOW',
    revision: { type: 'S3', bucket: 'bucket', key: 'web.zip', bundleType: 'zip', etag: 'e1' },
    ...own,
  };
}
