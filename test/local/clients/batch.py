"""What boto3 makes of the engine's S3 Control; prints one JSON document."""
import json
import time

import boto3
from botocore.exceptions import ClientError

ACCOUNT = "123456789012"


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


s3, control = boto3.client("s3"), boto3.client("s3control")
s3.create_bucket(Bucket="from-boto")
for key in ("in/a b+ü.txt", "in/c.txt"):
    s3.put_object(Bucket="from-boto", Key=key, Body=b"hello")
etag = s3.put_object(Bucket="from-boto", Key="manifest.csv", Body="from-boto,in/a+b%2B%C3%BC.txt\nfrom-boto,in/c.txt\n".encode())["ETag"]


def create(token, **changes):
    request = {
        "AccountId": ACCOUNT,
        "ConfirmationRequired": True,
        "Operation": {"S3PutObjectCopy": {
            "TargetResource": "arn:aws:s3:::from-boto", "TargetKeyPrefix": "out", "NewObjectTagging": [{"Key": "by", "Value": "batch"}],
            "NewObjectMetadata": {"UserMetadata": {"kind": "copy"}, "SSEAlgorithm": "AES256"},
        }},
        "Report": {"Bucket": "arn:aws:s3:::from-boto", "Format": "Report_CSV_20180820", "Enabled": True, "Prefix": "reports", "ReportScope": "AllTasks"},
        "ClientRequestToken": token,
        "Manifest": {
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {"ObjectArn": "arn:aws:s3:::from-boto/manifest.csv", "ETag": etag},
        },
        "Description": "copies",
        "Priority": 10,
        "RoleArn": "arn:aws:iam::123456789012:role/batch",
        "Tags": [{"Key": "a", "Value": "1"}],
    }
    return control.create_job(**{**request, **changes})["JobId"]


def wait(job, *statuses):
    for _ in range(500):
        described = control.describe_job(AccountId=ACCOUNT, JobId=job)["Job"]
        if described["Status"] in statuses:
            return described
        time.sleep(0.02)
    raise TimeoutError(described["Status"])


job = create("token")
same = create("token") == job
suspended = wait(job, "Suspended")
priority = control.update_job_priority(AccountId=ACCOUNT, JobId=job, Priority=42)["Priority"]
confirmed = control.update_job_status(AccountId=ACCOUNT, JobId=job, RequestedJobStatus="Ready", StatusUpdateReason="looks good & right")
done = wait(job, "Complete")
control.put_job_tagging(AccountId=ACCOUNT, JobId=job, Tags=[{"Key": "b", "Value": "2"}])
tags = control.get_job_tagging(AccountId=ACCOUNT, JobId=job)["Tags"]
control.delete_job_tagging(AccountId=ACCOUNT, JobId=job)
generator = {"S3JobManifestGenerator": {
    "SourceBucket": "arn:aws:s3:::from-boto", "EnableManifestOutput": False, "Filter": {
        "KeyNameConstraint": {"MatchAnyPrefix": ["out/"]}, "MatchAnyObjectEncryption": [{"SSES3": {}}], "MatchAnyStorageClass": ["STANDARD"],
    },
}}
request = {"ConfirmationRequired": False, "ManifestGenerator": generator, "Operation": {"S3DeleteObjectTagging": {}}}
generated = control.create_job(
    AccountId=ACCOUNT, Priority=1, RoleArn="arn:aws:iam::123456789012:role/batch", Report={"Enabled": False}, ClientRequestToken="generated", **request,
)["JobId"]
wait(generated, "Complete")
pages, token = [], None
while True:
    page = control.list_jobs(AccountId=ACCOUNT, MaxResults=1, **({"NextToken": token} if token else {}))
    pages.append([entry["Operation"] for entry in page["Jobs"]])
    token = page.get("NextToken")
    if not token:
        break

print(json.dumps({
    "same": same,
    "cause": suspended["SuspendedCause"],
    "priority": priority,
    "confirmed": [confirmed["Status"], confirmed["StatusUpdateReason"]],
    "progress": done["ProgressSummary"],
    "operation": done["Operation"],
    "copied": s3.head_object(Bucket="from-boto", Key="out/in/a b+ü.txt")["Metadata"],
    "tagsLeft": s3.get_object_tagging(Bucket="from-boto", Key="out/in/c.txt")["TagSet"],
    "tags": tags,
    "noTags": control.get_job_tagging(AccountId=ACCOUNT, JobId=job)["Tags"],
    "pages": pages,
    "refused": {
        "again": refused(create, token="token", Priority=11),
        "ended": refused(control.update_job_status, AccountId=ACCOUNT, JobId=job, RequestedJobStatus="Cancelled"),
        "absent": refused(control.describe_job, AccountId=ACCOUNT, JobId="00000000-0000"),
        "token": refused(control.list_jobs, AccountId=ACCOUNT, NextToken="nonsense"),
        "invalid": refused(create, token="other", Operation={"S3PutObjectCopy": {}}),
        "notServed": refused(control.list_access_points, AccountId=ACCOUNT),
    },
}))
