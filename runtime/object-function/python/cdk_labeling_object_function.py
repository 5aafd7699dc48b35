"""The handler that a layer puts before an author's function: S3 Batch Operations calls this, and this calls the author's function once for
each object. The same as runtime/object-function.layer.ts, for Python.

    def handler(obj, context):
        return {"size": head(obj.bucket, obj.key)}

What it returns stands in the job's report. An exception of a class named TemporaryFailure or PermanentFailure says how it counts; throttles
and broken connections are temporary; all others are as the construct says.
"""
import importlib
import json
import logging
import os
import threading
from dataclasses import dataclass, field
from typing import Dict, Optional
from urllib.parse import unquote_plus

LONGEST_MARGIN_SECONDS = 1.0
MAX_LENGTH = 1000
CODES = ("TemporaryFailure", "PermanentFailure")
TRANSIENT = (
    "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded", "RequestThrottled",
    "RequestThrottledException", "SlowDown", "InternalFailure", "InternalError", "InternalServerError", "ServiceUnavailable",
    "ServiceUnavailableException", "RequestTimeout", "RequestTimeoutException", "ProvisionedThroughputExceededException",
)
# of botocore, known by name because the layer brings no botocore of its own
CONNECTION_ERRORS = ("ConnectionClosedError", "ConnectTimeoutError", "EndpointConnectionError", "ReadTimeoutError")


class TemporaryFailure(Exception):
    """S3 tries the object again."""


class PermanentFailure(Exception):
    """The object has failed for good."""


@dataclass(frozen=True)
class BatchObject:
    """One object of a job."""

    bucket: str
    key: str
    job_id: str
    task_id: str
    version_id: Optional[str] = None
    arguments: Dict[str, str] = field(default_factory=dict)


def handler(event, context):
    """Answers S3."""
    version = event.get("invocationSchemaVersion")
    if version not in ("1.0", "2.0"):
        raise ValueError(f"expected an invocation by S3 Batch Operations of schema version 1.0 or 2.0, got {version!r}")
    author = _load(os.environ["OBJECT_FUNCTION_HANDLER"])
    left = context.get_remaining_time_in_millis() / 1000
    patience = max(left - LONGEST_MARGIN_SECONDS, left / 2)
    tasks = [_Task(author, event["job"], task, context) for task in event["tasks"]]
    for task in tasks:
        task.start()
    deadline = threading.Event()
    timer = threading.Timer(patience, deadline.set)
    timer.daemon = True
    timer.start()
    try:
        results = [task.result(deadline) for task in tasks]
    finally:
        timer.cancel()
    return {
        "invocationSchemaVersion": version,
        "invocationId": event["invocationId"],
        "treatMissingKeysAs": os.environ["OBJECT_FUNCTION_MISSING_KEYS"],
        "results": results,
    }


class _Task(threading.Thread):
    """One object, in a thread of its own: what hangs is left behind when the time is over."""

    def __init__(self, author, job, task, context):
        super().__init__(daemon=True)
        self.author, self.job, self.task, self.context = author, job, task, context
        self.outcome = None

    def run(self):
        try:
            self.outcome = ("Succeeded", _text(self.author(_object(self.job, self.task), self.context)))
        # sys.exit() ends one object, not the others
        except BaseException as error:  # pylint: disable=broad-except
            self.outcome = _failure(error)
            logging.getLogger().error("task %s failed: %s", self.task["taskId"], self.outcome[1], exc_info=error)

    def result(self, deadline):
        while self.is_alive() and not deadline.is_set():
            self.join(0.05)
        code, text = self.outcome or ("TemporaryFailure", "not done before the function's time-out")
        return {"taskId": self.task["taskId"], "resultCode": code, "resultString": text}


def _load(name):
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module.replace("/", ".")), function)


def _object(job, task):
    try:
        key = unquote_plus(task["s3Key"], errors="strict")
    except UnicodeDecodeError as error:
        raise PermanentFailure(f"the key {task['s3Key']!r} is not URL-encoded") from error
    return BatchObject(
        bucket=task.get("s3Bucket") or task["s3BucketArn"].rpartition(":")[2],
        key=key,
        version_id=task.get("s3VersionId") or None,
        job_id=job["id"],
        task_id=task["taskId"],
        arguments=job.get("userArguments") or {},
    )


def _text(result):
    if isinstance(result, str):
        return result
    return "" if result is None else json.dumps(result)


def _failure(error):
    try:
        return _code(error), _message(error)
    # an author's exception may do anything when it is asked for its text
    except Exception:  # pylint: disable=broad-except
        return os.environ["OBJECT_FUNCTION_ERRORS"], type(error).__name__


def _code(error):
    name = type(error).__name__
    if name in CODES:
        return name
    code, status = _answer(getattr(error, "response", None))
    transient = code in TRANSIENT or status == 429 or status >= 500 or name in CONNECTION_ERRORS or isinstance(error, (ConnectionError, TimeoutError))
    return "TemporaryFailure" if transient else os.environ["OBJECT_FUNCTION_ERRORS"]


def _answer(response):
    """Code and HTTP status of a service's answer: botocore's is a dictionary, those of HTTP libraries are objects."""
    if isinstance(response, dict):
        return response.get("Error", {}).get("Code"), response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    status = getattr(response, "status_code", None)
    return None, status if isinstance(status, int) else 0


def _message(error):
    name = type(error).__name__
    text = str(error) if name in CODES else f"{name}: {error}"
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
