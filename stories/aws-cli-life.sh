#!/usr/bin/env bash
# The life of an application by the AWS CLI alone, against a rehearsal that runs:
#
#   npm run up -- --hosts simulated --speed 20
#   stories/aws-cli-life.sh [http://127.0.0.1:4580]
#
# It deploys to the Auto Scaling group of the example, which it finds by its launch hook. Exits with 1 at the first
# answer that it did not expect.
set -euo pipefail

export AWS_ENDPOINT_URL="${1:-http://127.0.0.1:4580}"
export AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=rehearsal AWS_SECRET_ACCESS_KEY=rehearsal AWS_PAGER=
application="cli-life-$$"
bucket="cli-life-$$"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '\n— %s\n' "$*"; }
deploy() { aws deploy "$@"; }
info() { deploy get-deployment --deployment-id "$1" --query "deploymentInfo.$2" --output text; }
expect() { [[ "$1" == "$2" ]] || { echo "expected $2, got $1" >&2; exit 1; }; }

say 'a revision, pushed'
mkdir -p "$work/revision"
printf 'version: 0.0\nos: linux\nfiles:\n  - source: /index.html\n    destination: /srv/cli-life\n' > "$work/revision/appspec.yml"
echo 'hello' > "$work/revision/index.html"
aws s3api create-bucket --bucket "$bucket" > /dev/null
deploy create-application --application-name "$application" --tags Key=story,Value=cli --query applicationId
deploy push --application-name "$application" --s3-location "s3://$bucket/web-1.zip" --source "$work/revision"
deploy register-application-revision --application-name "$application" --description 'said by hand' \
  --s3-location "bucket=$bucket,key=web-1.zip,bundleType=zip"
deploy list-application-revisions --application-name "$application" --query 'revisions[].s3Location.key'

say 'a config, and a group of hosts found by a tag'
group=$(aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].AutoScalingGroupName' --output text)
deploy create-deployment-config --deployment-config-name "$application-half" \
  --minimum-healthy-hosts type=FLEET_PERCENT,value=50
deploy create-deployment-group --application-name "$application" --deployment-group-name fleet \
  --deployment-config-name CodeDeployDefault.AllAtOnce --service-role-arn arn:aws:iam::123456789012:role/CodeDeploy \
  --ec2-tag-filters "Key=aws:autoscaling:groupName,Value=$group,Type=KEY_AND_VALUE"
deploy list-deployment-groups --application-name "$application"

say 'a deployment, waited for'
location="bucket=$bucket,key=web-1.zip,bundleType=zip"
id=$(deploy create-deployment --application-name "$application" --deployment-group-name fleet \
  --s3-location "$location" --description 'the first' --query deploymentId --output text)
deploy wait deployment-successful --deployment-id "$id"
deploy get-deployment --deployment-id "$id" --query 'deploymentInfo.[status,deploymentOverview]'
target=$(deploy list-deployment-targets --deployment-id "$id" --query 'targetIds[0]' --output text)
deploy get-deployment-target --deployment-id "$id" --target-id "$target" \
  --query 'deploymentTarget.instanceTarget.[targetArn,status,lifecycleEvents[].[lifecycleEventName,status]]'
deploy batch-get-deployment-targets --deployment-id "$id" --target-ids "$target" --query 'length(deploymentTargets)'
deploy get-deployment-group --application-name "$application" --deployment-group-name fleet \
  --query 'deploymentGroupInfo.lastSuccessfulDeployment.deploymentId'

say 'ten hosts more, so that one after the other takes its time'
aws autoscaling update-auto-scaling-group --auto-scaling-group-name "$group" --max-size 12 --desired-capacity 12
in_service='length(AutoScalingGroups[0].Instances[?LifecycleState==`InService`])'
until [[ "$(aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$group" \
  --query "$in_service" --output text)" == 12 ]]; do sleep 1; done

say 'a second one, stopped: no further host is touched, and a rollback undoes it'
second=$(deploy create-deployment --application-name "$application" --deployment-group-name fleet \
  --deployment-config-name CodeDeployDefault.OneAtATime --s3-location "$location" --query deploymentId --output text)
deploy stop-deployment --deployment-id "$second" --auto-rollback-enabled
until [[ "$(info "$second" status)" =~ ^(Succeeded|Failed|Stopped)$ ]]; do sleep 1; done
expect "$(info "$second" status)" Stopped
deploy get-deployment --deployment-id "$second" --query 'deploymentInfo.[errorInformation,deploymentOverview]'
rollback=None
while [[ "$rollback" == None ]]; do rollback=$(info "$second" rollbackInfo.rollbackDeploymentId); done
deploy wait deployment-successful --deployment-id "$rollback"
expect "$(info "$rollback" creator)" codeDeployRollback
deploy get-deployment --deployment-id "$rollback" --query 'deploymentInfo.[creator,status,rollbackInfo]'

say 'what there is'
deploy list-applications
deploy list-deployments --application-name "$application" --deployment-group-name fleet
deploy batch-get-deployments --deployment-ids "$id" "$second" --query 'deploymentsInfo[].[deploymentId,status,creator]'
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
