#!/usr/bin/env bash
# The life of an application by the AWS CLI alone, against a rehearsal that runs:
#
#   npm run up -- --speed 20
#   stories/aws-cli-life.sh [http://127.0.0.1:4580]
#
# It deploys to the instances of the example, beside what runs there. Exits with 1 at the first answer that it did not
# expect. Two minutes or so, most of it the command line’s own and the pauses of its waiter.
set -euo pipefail

export AWS_ENDPOINT_URL="${1:-http://127.0.0.1:4580}"
export AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=rehearsal AWS_SECRET_ACCESS_KEY=rehearsal AWS_PAGER=
application="cli-life-$$"
bucket="cli-life-$$"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '\n— %s\n' "$*"; }
deploy() { aws deploy "$@"; }
expect() { [[ "$1" == "$2" ]] || { echo "expected $2, got $1" >&2; exit 1; }; }
location() { echo "bucket=$bucket,key=$1.zip,bundleType=zip"; }
info() { deploy get-deployment --deployment-id "$1" --query "deploymentInfo.$2" --output text; }

# publish NAME SCRIPT: a revision whose start script is this.
publish() {
  mkdir -p "$work/$1"
  cat > "$work/$1/appspec.yml" <<'APPSPEC'
version: 0.0
os: linux
files:
  - source: /index.html
    destination: /srv/cli-life
hooks:
  ApplicationStart:
    - location: start.sh
      timeout: 600
APPSPEC
  echo "$1" > "$work/$1/index.html"
  printf '#!/bin/sh\n%s\n' "$2" > "$work/$1/start.sh"
  deploy push --application-name "$application" --s3-location "s3://$bucket/$1.zip" --source "$work/$1" > /dev/null
}

# create NAME [OPTION…]: deploys a revision. Prints the deployment's id.
create() {
  local name=$1
  shift
  deploy create-deployment --application-name "$application" --deployment-group-name fleet \
    --s3-location "$(location "$name")" "$@" --query deploymentId --output text
}

# until_status ID STATUS: waits for its end, which must be this one. AWS's own waiter asks four times a minute.
until_status() {
  until [[ "$(info "$1" status)" =~ ^(Succeeded|Failed|Stopped)$ ]]; do sleep 1; done
  expect "$(info "$1" status)" "$2"
}

# rolled_back ID: waits for the rollback of a deployment, and for its success.
rolled_back() {
  local rollback=None
  until [[ "$rollback" != None ]]; do rollback=$(info "$1" rollbackInfo.rollbackDeploymentId); done
  until_status "$rollback" Succeeded
  expect "$(info "$rollback" creator)" codeDeployRollback
  expect "$(info "$rollback" revision.s3Location.key)" good.zip
  deploy get-deployment --deployment-id "$rollback" --query 'deploymentInfo.[creator,status,rollbackInfo]'
}

say 'revisions, pushed: one that works, one that fails, one that takes its time'
aws s3api create-bucket --bucket "$bucket" > /dev/null
# The instances' role may read what its stack declares, and nothing else: the bucket itself lets the account's roles in.
aws s3api put-bucket-policy --bucket "$bucket" --policy "{\"Version\": \"2012-10-17\", \"Statement\": [{
  \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::$bucket/*\",
  \"Condition\": {\"StringEquals\": {\"aws:PrincipalAccount\": \"123456789012\"}}}]}"
deploy create-application --application-name "$application" --tags Key=story,Value=cli --query applicationId
publish good 'echo started'
publish bad 'echo "the database is out of reach" >&2; exit 1'
publish slow 'sleep 200'
deploy register-application-revision --application-name "$application" --description 'said by hand' \
  --s3-location "$(location good)"
deploy list-application-revisions --application-name "$application" --query 'revisions[].s3Location.key'

say 'a config, and a group of hosts found by a tag'
group=$(aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].AutoScalingGroupName' --output text)
deploy create-deployment-config --deployment-config-name "$application-half" \
  --minimum-healthy-hosts type=FLEET_PERCENT,value=50
deploy create-deployment-group --application-name "$application" --deployment-group-name fleet \
  --deployment-config-name CodeDeployDefault.AllAtOnce --service-role-arn arn:aws:iam::123456789012:role/CodeDeploy \
  --auto-rollback-configuration enabled=true,events=DEPLOYMENT_FAILURE \
  --ec2-tag-filters "Key=aws:autoscaling:groupName,Value=$group,Type=KEY_AND_VALUE"
deploy list-deployment-groups --application-name "$application"

say 'a deployment, waited for'
first=$(create good --description 'the first')
deploy wait deployment-successful --deployment-id "$first"
deploy get-deployment --deployment-id "$first" --query 'deploymentInfo.[status,deploymentOverview]'
target=$(deploy list-deployment-targets --deployment-id "$first" --query 'targetIds[0]' --output text)
deploy get-deployment-target --deployment-id "$first" --target-id "$target" \
  --query 'deploymentTarget.instanceTarget.[targetArn,status,lifecycleEvents[].[lifecycleEventName,status]]'
deploy batch-get-deployment-targets --deployment-id "$first" --target-ids "$target" --query 'length(deploymentTargets)'
expect "$(deploy get-deployment-group --application-name "$application" --deployment-group-name fleet \
  --query deploymentGroupInfo.lastSuccessfulDeployment.deploymentId --output text)" "$first"

say 'a second one, whose start script fails: rolled back by itself'
second=$(create bad)
until_status "$second" Failed
deploy get-deployment --deployment-id "$second" --query deploymentInfo.errorInformation
deploy get-deployment-target --deployment-id "$second" --target-id "$target" \
  --query "deploymentTarget.instanceTarget.lifecycleEvents[?status=='Failed'].[lifecycleEventName,diagnostics]"
rolled_back "$second"

say 'a third one, one host after the other, stopped at the first host: no other is touched, and it is undone'
third=$(create slow --deployment-config-name CodeDeployDefault.OneAtATime)
until [[ "$(info "$third" deploymentOverview.InProgress)" == 1 ]]; do :; done
deploy stop-deployment --deployment-id "$third" --auto-rollback-enabled
until_status "$third" Stopped
deploy get-deployment --deployment-id "$third" --query 'deploymentInfo.[status,errorInformation,deploymentOverview]'
expect "$(info "$third" deploymentOverview.Skipped)" "$(($(info "$third" 'deploymentOverview.sum(values(@))') - 1))"
rolled_back "$third"

say 'what there is'
deploy list-applications
deploy list-deployments --application-name "$application" --deployment-group-name fleet
deploy batch-get-deployments --deployment-ids "$first" "$second" "$third" \
  --query 'deploymentsInfo[].[deploymentId,status,creator]'
deploy batch-get-applications --application-names "$application" --query 'applicationsInfo[].computePlatform'
arn="arn:aws:codedeploy:us-east-1:123456789012:application:$application"
deploy tag-resource --resource-arn "$arn" --tags Key=team,Value=web
deploy list-tags-for-resource --resource-arn "$arn"
deploy untag-resource --resource-arn "$arn" --tag-keys team

say 'and its end'
deploy delete-deployment-group --application-name "$application" --deployment-group-name fleet
deploy delete-deployment-config --deployment-config-name "$application-half"
deploy delete-application --application-name "$application"
expect "$(deploy list-applications --query "length(applications[?@=='$application'])")" 0
echo 'the life is over, and all went well'
