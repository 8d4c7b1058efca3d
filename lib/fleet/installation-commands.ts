import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../bundling/bundle.ts';
import { NOT_PUBLISHED } from '../engine/engine.ts';
import type { Engine } from '../engine/engine.ts';

type Source = Pick<Engine, 'agentBucketName' | 'agentX86ObjectKey' | 'agentArm64ObjectKey' | 'commandServiceUrl'>;

const UNIT = join(REPOSITORY, 'agent/service/slipway-agent.service');

/**
 * Commands of a bash user data script that install and start the agent on a Linux with systemd and the AWS CLI.
 * They run in a shell of their own that stops at the first failure: the rest of a user's script is not affected, and a
 * half-installed agent is not started. An instance without an agent fails its launch deployment, which says so.
 * They may run again at any time: the executable is replaced in one step, also under a running agent.
 * `DESTDIR` places the files elsewhere, as in any staged installation; on an instance it is empty.
 */
export function installationCommands(source: Source, region: string, hookLogGroup?: string): string[] {
  return [
    '(',
    'set -eu -o pipefail',
    `export AWS_REGION=${region}`,
    'case "$(uname -m)" in',
    `x86_64) agent=${source.agentX86ObjectKey} ;;`,
    `aarch64) agent=${source.agentArm64ObjectKey} ;;`,
    `*) agent=${NOT_PUBLISHED} ;;`,
    'esac',
    `if [ "$agent" = ${NOT_PUBLISHED} ]; then`,
    '  echo "The Slipway engine offers no agent for $(uname -m): deploy it with that one in -c agentArchitectures=…" >&2',
    '  exit 1',
    'fi',
    'root=${DESTDIR:-}',
    'mkdir -p "$root/opt/slipway/bin" "$root/etc/slipway" "$root/etc/systemd/system"',
    // -f: a rehearsal's executable is not compressed, and passes as it is.
    `aws s3 cp --only-show-errors "s3://${source.agentBucketName}/$agent" - | gunzip -cf > "$root/opt/slipway/bin/slipway-agent.new"`,
    'chmod 755 "$root/opt/slipway/bin/slipway-agent.new"',
    'mv "$root/opt/slipway/bin/slipway-agent.new" "$root/opt/slipway/bin/slipway-agent"',
    ...file('/etc/slipway/agent.yml', [
      `deploy_control_endpoint: ${source.commandServiceUrl}`,
      `region: ${region}`,
      ...(hookLogGroup ? [`hook_log_group: ${hookLogGroup}`] : []),
    ]),
    ...file('/etc/systemd/system/slipway-agent.service', settingsOf(readFileSync(UNIT, 'utf8'))),
    'systemctl daemon-reload',
    'systemctl enable --now slipway-agent',
    ')',
  ];
}

/** User data has 16 KB: why a setting is there can be read in the unit's source. */
function settingsOf(unit: string): string[] {
  return unit
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
}

/** A file with these lines, as they are. */
function file(path: string, lines: readonly string[]): string[] {
  return [`cat > "$root${path}" <<'SLIPWAY'`, ...lines, 'SLIPWAY'];
}
