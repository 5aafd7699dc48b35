"""What boto3 makes of the engine's S3, STS and SSM; prints one JSON document."""
import io
import json

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

FIVE_MB = 5 * 1024 * 1024


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


s3, sts, ssm = (boto3.client(name) for name in ("s3", "sts", "ssm"))
s3.create_bucket(Bucket="from-python")
s3.put_object(Bucket="from-python", Key="a/b c+ü.txt", Body=b"hello", Metadata={"kind": "greeting"}, IfNoneMatch="*")
content = bytes(range(256)) * (FIVE_MB // 256) + b"end"
parts = TransferConfig(multipart_threshold=FIVE_MB, multipart_chunksize=FIVE_MB)
s3.upload_fileobj(io.BytesIO(content), "from-python", "large", Config=parts)
downloaded = io.BytesIO()
s3.download_fileobj("from-python", "large", downloaded, Config=parts)
got = s3.get_object(Bucket="from-python", Key="a/b c+ü.txt")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket="from-python", PaginationConfig={"PageSize": 1})
ssm.put_parameter(Name="/python/nonce", Value="1", Type="String")

print(json.dumps({
    "content": got["Body"].read().decode(),
    "metadata": got["Metadata"],
    "keys": [item["Key"] for page in pages for item in page["Contents"]],
    "sameContent": downloaded.getvalue() == content,
    "presigned": s3.generate_presigned_url("get_object", Params={"Bucket": "from-python", "Key": "a/b c+ü.txt"}),
    "refused": {
        "again": refused(s3.put_object, Bucket="from-python", Key="large", Body=b"", IfNoneMatch="*"),
        "absent": refused(s3.get_object, Bucket="from-python", Key="none"),
        "headAbsent": refused(s3.head_object, Bucket="from-python", Key="none"),
        "notEmpty": refused(s3.delete_bucket, Bucket="from-python"),
        "notServed": refused(s3.get_bucket_website, Bucket="from-python"),
        "parameter": refused(ssm.get_parameter, Name="/python/none"),
    },
    "identity": {name: value for name, value in sts.get_caller_identity().items() if name != "ResponseMetadata"},
    "assumed": sts.assume_role(RoleArn="arn:aws:iam::123456789012:role/worker", RoleSessionName="py")["AssumedRoleUser"]["Arn"],
    "parameters": [item["Value"] for item in ssm.get_parameters_by_path(Path="/python")["Parameters"]],
}))
