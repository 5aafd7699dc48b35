"""What boto3 makes of a labeling job with functions of its own, its listing and its messages; prints one JSON document."""
import io
import json
import time
import zipfile

import boto3
from botocore.exceptions import ClientError

ACCOUNT, REGION = "123456789012", boto3.session.Session().region_name
PRE = """
exports.handler = async ({ dataObject }) => ({
  taskInput: { text: dataObject.source }, isHumanAnnotationRequired: dataObject.skip ? "false" : "true",
});
"""
CONSOLIDATION = """
exports.handler = async ({ labelAttributeName, payload }) => {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL + payload.s3Uri.replace("s3:/", ""));
  return (await answer.json()).map(({ datasetObjectId, annotations }) => (
    { datasetObjectId, consolidatedAnnotation: { content: { [labelAttributeName]: { answers: annotations.length } } } }));
};
"""
s3, sagemaker, functions, sqs = (boto3.client(name) for name in ("s3", "sagemaker", "lambda", "sqs"))


def function(name, code):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("index.js", code)
    role = f"arn:aws:iam::{ACCOUNT}:role/function"
    return functions.create_function(FunctionName=name, Runtime="nodejs22.x", Role=role, Handler="index.handler", Code={"ZipFile": archive.getvalue()})["FunctionArn"]


def put(key, text):
    s3.put_object(Bucket="labeling-python", Key=key, Body=text.encode())
    return f"s3://labeling-python/{key}"


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


def ended(name):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        job = sagemaker.describe_labeling_job(LabelingJobName=name)
        if job["LabelingJobStatus"] in ("Completed", "Failed", "Stopped"):
            return job
        time.sleep(0.1)
    raise RuntimeError(f"{name} did not end")


s3.create_bucket(Bucket="labeling-python")
member = {"CognitoMemberDefinition": {"UserPool": f"{REGION}_abcdefghi", "UserGroup": "group", "ClientId": "client"}}
team = sagemaker.create_workteam(WorkteamName="python", Description="people", MemberDefinitions=[member])["WorkteamArn"]
lines = [{"source": "one"}, {"source": "two", "skip": True}, {"source": "three"}]
request = {
    "LabelAttributeName": "kind",
    "InputConfig": {"DataSource": {"S3DataSource": {"ManifestS3Uri": put("input.manifest", "\n".join(map(json.dumps, lines)))}}},
    "OutputConfig": {"S3OutputPath": "s3://labeling-python/out"},
    "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/labeling",
    "HumanTaskConfig": {
        "WorkteamArn": team,
        "UiConfig": {"UiTemplateS3Uri": put("form.html", '<crowd-form><p>{{ task.input.text }}</p><crowd-input name="note"></crowd-input></crowd-form>')},
        "PreHumanTaskLambdaArn": function("pre", PRE),
        "AnnotationConsolidationConfig": {"AnnotationConsolidationLambdaArn": function("consolidation", CONSOLIDATION)},
        "TaskTitle": "Kind", "TaskDescription": "What kind is it?", "NumberOfHumanWorkersPerDataObject": 2, "TaskTimeLimitInSeconds": 60,
    },
}
for name in ("First", "second", "third"):
    sagemaker.create_labeling_job(LabelingJobName=name, **request)
job = ended("First")
output = s3.get_object(Bucket="labeling-python", Key="out/First/manifests/output/output.manifest")["Body"].read().decode().splitlines()
paginator = sagemaker.get_paginator("list_labeling_jobs")
page = paginator.paginate(SortBy="Name", PaginationConfig={"PageSize": 1, "MaxItems": 2}).build_full_result()
rest = paginator.paginate(SortBy="Name", PaginationConfig={"StartingToken": page["NextToken"]}).build_full_result()

queue = sqs.create_queue(QueueName="python")["QueueUrl"]
sqs.send_message(QueueUrl=queue, MessageBody="hello")
message = sqs.receive_message(QueueUrl=queue, AttributeNames=["ApproximateReceiveCount"])["Messages"][0]

print(json.dumps({
    "status": job["LabelingJobStatus"],
    "counters": job["LabelCounters"],
    "labels": [json.loads(line).get("kind") for line in output],
    "listed": [[item["LabelingJobName"] for item in result["LabelingJobSummaryList"]] for result in (page, rest)],
    "message": [message["Body"], message["Attributes"]],
    "refused": {
        "taken": refused(sagemaker.create_labeling_job, LabelingJobName="FIRST", **request),
        "reference": refused(sagemaker.create_labeling_job, LabelingJobName="x", **{**request, "LabelAttributeName": "kind-ref"}),
        "absent": refused(sagemaker.describe_labeling_job, LabelingJobName="none"),
        "ended": refused(sagemaker.stop_labeling_job, LabelingJobName="First"),
    },
}))
