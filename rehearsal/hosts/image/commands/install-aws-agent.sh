#!/bin/sh
# AWS's installer on a rehearsed machine: puts the checkout REHEARSAL_AWS_AGENT where AWS's package puts the agent, with
# what it needs besides where nobody answers at 169.254.169.254 or speaks TLS, and starts the service, as the package does.
set -eu
commands=$(dirname "$(command -v systemctl)")/../commands
root=/opt/codedeploy-agent
mkdir -p "$root" /etc/codedeploy-agent/conf /var/log/aws/codedeploy-agent
for part in bin lib vendor certs; do
  cp -R "$REHEARSAL_AWS_AGENT/$part" "$root/"
done
version=$(sed -n "s/.*spec\.version *= '\(.*\)'.*/\1/p" "$REHEARSAL_AWS_AGENT/codedeploy_agent.gemspec")
echo "agent_version: $version" >"$root/.version"
cp "$REHEARSAL_AWS_AGENT/init.d/codedeploy-agent.service" /etc/systemd/system/
cp "$REHEARSAL_AWS_AGENT/conf/codedeployagent.yml" /etc/codedeploy-agent/conf/

# The profile “beta” takes an endpoint without TLS, and asks for no certificate.
cat >>/etc/codedeploy-agent/conf/codedeployagent.yml <<CONFIGURATION
:codedeploy_test_profile: beta
:s3_endpoint_override: $AWS_ENDPOINT_URL
CONFIGURATION

# The unit starts the agent in a shell that reads /etc/profile, which sets a PATH without this image. Region and host
# identifier spare the agent the address of instance metadata that it has built in, and this file its SDK.
cat >"$root/aws-config" <<CONFIGURATION
[default]
credential_process = $commands/instance-credentials.sh
CONFIGURATION
imds=$AWS_EC2_METADATA_SERVICE_ENDPOINT/latest
token=$(curl -sSf -X PUT -H 'x-aws-ec2-metadata-token-ttl-seconds: 60' "$imds/api/token")
account=$(curl -sSf -H "x-aws-ec2-metadata-token: $token" "$imds/dynamic/instance-identity/document" |
  sed -n 's/.*"accountId": "\([0-9]*\)".*/\1/p')
cat >/etc/profile.d/rehearsal.sh <<PROFILE
PATH=$PATH
AWS_CONFIG_FILE=$root/aws-config
AWS_HOST_IDENTIFIER=arn:aws:ec2:$AWS_REGION:$account:instance/$REHEARSAL_INSTANCE_ID
export PATH AWS_CONFIG_FILE AWS_HOST_IDENTIFIER
PROFILE

systemctl daemon-reload
systemctl start codedeploy-agent
