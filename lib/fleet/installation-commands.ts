import type { Engine } from '../engine/engine.ts';

type Source = Pick<Engine, 'agentBucketName' | 'agentObjectKey' | 'commandServiceUrl'>;

/**
 * Commands of a bash user data script that install and start the agent on Amazon Linux 2023.
 * They run in a shell of their own that stops at the first failure: the rest of a user's script is not affected, and a
 * half-installed agent is not started. An instance without an agent fails its launch deployment, which says so.
 * `DESTDIR` places the files elsewhere, as in any staged installation; on an instance it is empty.
 */
export function installationCommands(source: Source, region: string, hookLogGroup?: string): string[] {
  return [
    '(',
    'set -eu',
    `export AWS_REGION=${region}`,
    'dnf install -y nodejs22',
    'mkdir -p "${DESTDIR:-}/opt/slipway" "${DESTDIR:-}/etc/slipway" "${DESTDIR:-}/etc/systemd/system"',
    `aws s3 cp s3://${source.agentBucketName}/${source.agentObjectKey} "\${DESTDIR:-}/opt/slipway/agent.mjs"`,
    ...file('/etc/slipway/agent.yml', [
      `deploy_control_endpoint: ${source.commandServiceUrl}`,
      `region: ${region}`,
      ...(hookLogGroup ? [`hook_log_group: ${hookLogGroup}`] : []),
    ]),
    ...file('/etc/systemd/system/slipway-agent.service', SERVICE),
    'systemctl daemon-reload',
    'systemctl enable --now slipway-agent',
    ')',
  ];
}

const SERVICE = [
  '[Unit]',
  'Description=Slipway host agent',
  'Wants=network-online.target',
  'After=network-online.target',
  '',
  '[Service]',
  'ExecStart=/usr/bin/env node ${DESTDIR:-}/opt/slipway/agent.mjs --config ${DESTDIR:-}/etc/slipway/agent.yml',
  'Restart=always',
  'RestartSec=5',
  // Applications are started by hook scripts, hence children of the agent: they must outlive its restart.
  'KillMode=process',
  '',
  '[Install]',
  'WantedBy=multi-user.target',
];

/** A file with these lines; the shell expands variables in them. */
function file(path: string, lines: readonly string[]): string[] {
  return [`cat > "\${DESTDIR:-}${path}" <<SLIPWAY`, ...lines, 'SLIPWAY'];
}
