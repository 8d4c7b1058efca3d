#!/bin/sh
# A machine's role credentials from its metadata, as an AWS SDK's credential_process prints them: for SDKs that look for
# metadata at port 80 only, whatever AWS_EC2_METADATA_SERVICE_ENDPOINT says (Ruby's, in Debian 12).
set -eu
imds=$AWS_EC2_METADATA_SERVICE_ENDPOINT/latest
token=$(curl -sSf -X PUT -H 'x-aws-ec2-metadata-token-ttl-seconds: 60' "$imds/api/token")
metadata() { curl -sSf -H "x-aws-ec2-metadata-token: $token" "$imds/meta-data/iam/security-credentials/$1"; }
role=$(metadata '')
metadata "$role" | sed 's/"Token"/"SessionToken"/; 1s/{/{ "Version": 1,/'
