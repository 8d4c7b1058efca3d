import type { Engine } from '../engine/engine.ts';

/** Where an instance is: `us-east-1`, `amazonaws.com`. */
interface Place {
  readonly region: string;
  readonly urlSuffix: string;
}

/** Seconds between two questions. AWS ships 1, but each question is an invocation of the engine's that is paid for. */
const WAIT_BETWEEN_RUNS_SECONDS = 15;

/**
 * Commands of a bash user data script that install AWS's own agent as AWS documents it, on Amazon Linux 2023 or Ubuntu,
 * and let it ask this engine. They run in a shell of their own that stops at the first failure and traces nothing: it
 * holds credentials, and the endpoint is a password.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/codedeploy-agent-operations-install-linux.html
 */
export function awsAgentCommands({ commandServiceUrl }: Pick<Engine, 'commandServiceUrl'>, place: Place): string[] {
  return [
    '(',
    'set -eu +x',
    `export AWS_REGION=${place.region}`,
    ...download(place),
    ...startOnlyWithOurEndpoint(),
    './install auto',
    ...issueEndpoint(commandServiceUrl),
    ...configure(),
    'systemctl enable codedeploy-agent',
    'systemctl restart codedeploy-agent',
    ')',
  ];
}

function download({ region, urlSuffix }: Place): string[] {
  return [
    'if command -v dnf >/dev/null; then dnf install -y ruby wget; else apt-get update && apt-get install -y ruby-full wget curl; fi',
    'cd "$(mktemp -d)"',
    `wget -q https://aws-codedeploy-${region}.s3.${region}.${urlSuffix}/latest/install`,
    'chmod +x install',
  ];
}

/**
 * The package starts the agent by itself, and an update may bring its own configuration file: without our endpoint the
 * agent would take deployments from AWS's CodeDeploy.
 */
function startOnlyWithOurEndpoint(): string[] {
  return [
    'mkdir -p /etc/systemd/system/codedeploy-agent.service.d',
    "cat > /etc/systemd/system/codedeploy-agent.service.d/slipway.conf <<'SLIPWAY'",
    '[Service]',
    `ExecCondition=/usr/bin/grep -q deploy_control_endpoint: ${CONFIGURATION}`,
    'SLIPWAY',
    'systemctl daemon-reload',
  ];
}

/** Signs with the instance profile's credentials, which stand in no command line: any user could list that. */
function issueEndpoint(commandServiceUrl: string): string[] {
  return [
    'imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest',
    `token=$(curl -sSf -X PUT -H 'x-aws-ec2-metadata-token-ttl-seconds: 60' "$imds/api/token")`,
    'metadata() { curl -sSf -H "x-aws-ec2-metadata-token: $token" "$imds/$1"; }',
    `field() { ruby -rjson -e 'puts JSON.parse($stdin.read).fetch(ARGV[0])' "$1"; }`,
    'identity=$(metadata dynamic/instance-identity/document)',
    'partition=$(metadata meta-data/services/partition)',
    'account=$(field accountId <<<"$identity")',
    'instance=$(field instanceId <<<"$identity")',
    'role=$(metadata meta-data/iam/security-credentials/)',
    'credentials=$(metadata "meta-data/iam/security-credentials/$role")',
    'access_key_id=$(field AccessKeyId <<<"$credentials")',
    'secret_access_key=$(field SecretAccessKey <<<"$credentials")',
    'session_token=$(field Token <<<"$credentials")',
    `answer=$(curl -sS --fail-with-body --retry 3 --config - ${commandServiceUrl} <<SLIPWAY`,
    'aws-sigv4 = "aws:amz:$AWS_REGION:lambda"',
    'user = "$access_key_id:$secret_access_key"',
    'header = "x-amz-security-token: $session_token"',
    'header = "content-type: application/x-amz-json-1.1"',
    'header = "x-amz-target: Slipway.IssueHostSecret"',
    'data = "{\\"HostIdentifier\\":\\"arn:$partition:ec2:$AWS_REGION:$account:instance/$instance\\"}"',
    'SLIPWAY',
    ') || { echo "The engine let AWS\'s agent not in: $answer" >&2; exit 1; }',
    'endpoint=$(field Endpoint <<<"$answer")',
  ];
}

const CONFIGURATION = '/etc/codedeploy-agent/conf/codedeployagent.yml';

/** Everything else stays as the package ships it. */
function configure(): string[] {
  return [
    'umask 077',
    `sed -E '/^:?(deploy_control_endpoint|wait_between_runs):/d' ${CONFIGURATION} > ${CONFIGURATION}.new`,
    `cat >> ${CONFIGURATION}.new <<SLIPWAY`,
    ':deploy_control_endpoint: $endpoint',
    `:wait_between_runs: ${WAIT_BETWEEN_RUNS_SECONDS}`,
    'SLIPWAY',
    `mv ${CONFIGURATION}.new ${CONFIGURATION}`,
  ];
}
