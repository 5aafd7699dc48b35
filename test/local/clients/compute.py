"""What boto3 makes of the engine's SNS, SQS, EventBridge, Lambda, Step Functions, CloudWatch and Logs; prints one JSON document."""
import datetime
import io
import json
import urllib.error
import urllib.request
import zipfile

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/worker"
ABSENT_MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:none"


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return [type(error).__name__, error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


def wait_an_hour(name, kind):
    definition = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}}
    return sfn.create_state_machine(name=name, type=kind, definition=json.dumps(definition), roleArn=ROLE)["stateMachineArn"]


sns, sqs, events, functions, cloudwatch, logs = (boto3.client(name) for name in ("sns", "sqs", "events", "lambda", "cloudwatch", "logs"))
# the host of a synchronous execution has a prefix, which an address of this machine cannot bear
sfn = boto3.client("stepfunctions", config=Config(inject_host_prefix=False))

queue = sqs.create_queue(QueueName="from-python", tags={"made": "here"})["QueueUrl"]
queue_arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
topic = sns.create_topic(Name="from-python", Tags=[{"Key": "made", "Value": "here"}])["TopicArn"]
sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn, ReturnSubscriptionArn=True)
binary = {"DataType": "Binary", "BinaryValue": b"\x01"}
message_id = sns.publish(TopicArn=topic, Message="höllo", MessageAttributes={"raw": binary})["MessageId"]
received = sqs.receive_message(QueueUrl=queue, AttributeNames=["All"], WaitTimeSeconds=1)["Messages"][0]
sqs.delete_message(QueueUrl=queue, ReceiptHandle=received["ReceiptHandle"])
sqs.send_message(QueueUrl=queue, MessageBody="direct", MessageAttributes={"raw": binary})
direct = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["All"])["Messages"][0]
# a message in flight has a time-out, across which the clock does not jump to the end of the execution below
sqs.delete_message(QueueUrl=queue, ReceiptHandle=direct["ReceiptHandle"])
batch = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{"Id": "a", "Message": "x"}, {"Id": "b", "Message": ""}])

events.put_rule(Name="from-python", EventPattern='{"source": ["mine"]}')
put = events.put_events(Entries=[{"Source": "mine", "DetailType": "x", "Detail": "{}"}, {"Source": "aws.s3", "DetailType": "x", "Detail": "{}"}])

package = io.BytesIO()
with zipfile.ZipFile(package, "w") as archive:
    archive.writestr("index.py", "def handler(event, context):\n    print('seen')\n    return event")
functions.create_function(FunctionName="from-python", Runtime="python3.13", Role=ROLE, Handler="index.handler", Code={"ZipFile": package.getvalue()})
functions.get_waiter("function_active_v2").wait(FunctionName="from-python")
invoked = functions.invoke(FunctionName="from-python", Payload=b'{"a": 1}')
url = functions.create_function_url_config(FunctionName="from-python", AuthType="AWS_IAM")["FunctionUrl"]
signed = AWSRequest(method="POST", url=f"{url}path?a=b", data=b"{}", headers={"content-type": "application/json"})
SigV4Auth(boto3.Session().get_credentials(), "lambda", "us-east-1").add_auth(signed)


def fetched(address, **settings):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, **settings)) as response:
            event = json.load(response)
            return [response.status, event["rawPath"], event["body"]]
    except urllib.error.HTTPError as error:
        return [error.code]


logged = logs.filter_log_events(logGroupName="/aws/lambda/from-python", filterPattern="seen")["events"]

cloudwatch.put_metric_data(Namespace="Mine", MetricData=[{"MetricName": "Labels", "Value": 1.5}])
now = datetime.datetime.now(datetime.timezone.utc)
hours = datetime.timedelta(hours=3)
sums = cloudwatch.get_metric_statistics(Namespace="Mine", MetricName="Labels", StartTime=now - hours, EndTime=now + hours, Period=60, Statistics=["Sum"])

print(json.dumps({
    "published": message_id,
    "envelope": json.loads(received["Body"]),
    "receives": received["Attributes"]["ApproximateReceiveCount"],
    "direct": list(direct["MessageAttributes"]["raw"]["BinaryValue"]),
    "tags": [sqs.list_queue_tags(QueueUrl=queue)["Tags"], sns.list_tags_for_resource(ResourceArn=topic)["Tags"]],
    "batch": [[entry["Id"] for entry in batch["Successful"]], [[entry["Id"], entry["Code"]] for entry in batch["Failed"]]],
    "events": [put["FailedEntryCount"], [entry.get("ErrorCode") for entry in put["Entries"]]],
    "invoked": [invoked["StatusCode"], json.load(invoked["Payload"])],
    "url": [fetched(signed.url, data=b"{}", headers=dict(signed.headers)), fetched(url), len(functions.list_function_url_configs(FunctionName="from-python")["FunctionUrlConfigs"])],
    "logged": [event["message"] for event in logged],
    "sums": [point["Sum"] for point in sums["Datapoints"]],
    "execution": sfn.start_sync_execution(stateMachineArn=wait_an_hour("express", "EXPRESS"))["status"],
    "refused": {
        "topic": refused(sns.publish, TopicArn=f"{topic}-none", Message="x"),
        "protocol": refused(sns.subscribe, TopicArn=topic, Protocol="pigeon", Endpoint="x"),
        "queue": refused(sqs.get_queue_url, QueueName="none"),
        "rule": refused(events.describe_rule, Name="none"),
        "function": refused(functions.get_function, FunctionName="none"),
        "machine": refused(sfn.describe_state_machine, stateMachineArn=ABSENT_MACHINE),
        "group": refused(logs.get_log_events, logGroupName="none", logStreamName="x"),
        "alarm": refused(cloudwatch.delete_alarms, AlarmNames=["none"]),
    },
}))
