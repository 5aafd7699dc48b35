"""Runs inside each function's process in the place of Lambda's Python runtime (see channel.cjs for the conversation)."""
import datetime
import http.client
import importlib
import io
import json
import logging
import os
import socket
import sys
import time
import traceback
import types
from urllib.parse import urlparse

RESPONSE_HOST_PREFIX = 'cloudformation-custom-resource-response-'
requests = os.fdopen(3, 'r', encoding='utf-8')
frames = os.fdopen(4, 'wb', buffering=0)
real_time = time.time
offset = 0.0
request_id = ''


def send(frame):
    rest = (json.dumps(frame) + '\n').encode()
    while rest:
        rest = rest[frames.write(rest):]


class LogStream(io.TextIOBase):
    """print() ends each event with a line break: what comes before it is one log event."""

    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text
        while '\n' in self.text:
            line, self.text = self.text.split('\n', 1)
            send({'type': 'log', 'message': line})
        return len(text)


class LambdaLogHandler(logging.Handler):
    def emit(self, record):
        stamp = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%f')[:-3]
        send({'type': 'log', 'message': f'[{record.levelname}]\t{stamp}Z\t{request_id}\t{record.getMessage()}'})


def install_time():
    time.time = lambda: real_time() + offset

    class VirtualDatetime(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    datetime.datetime = VirtualDatetime


def install_outbound():
    """Answers to CloudFormation go to the engine; other hosts of AWS are refused by name; names below localhost are this machine."""
    engine = urlparse(os.environ['AWS_ENDPOINT_URL'])
    real_connect = http.client.HTTPSConnection.connect
    real_getaddrinfo = socket.getaddrinfo

    def connect(self):
        if self.host.startswith(RESPONSE_HOST_PREFIX):
            self.sock = self._create_connection((engine.hostname, engine.port), self.timeout)
        elif self.host.endswith('.amazonaws.com'):
            raise OSError(f'this function runs on the local engine, which does not let it reach https://{self.host}: '
                          'use boto3 without an endpoint of its own, so that AWS_ENDPOINT_URL leads it to the engine')
        else:
            real_connect(self)

    def getaddrinfo(host, *rest, **options):
        return real_getaddrinfo(engine.hostname if str(host).endswith('.localhost') else host, *rest, **options)

    http.client.HTTPSConnection.connect = connect
    socket.getaddrinfo = getaddrinfo


class Context:
    def __init__(self, invocation):
        self.function_name = os.environ['AWS_LAMBDA_FUNCTION_NAME']
        self.function_version = os.environ['AWS_LAMBDA_FUNCTION_VERSION']
        self.memory_limit_in_mb = os.environ['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
        self.log_group_name = os.environ['AWS_LAMBDA_LOG_GROUP_NAME']
        self.log_stream_name = os.environ['AWS_LAMBDA_LOG_STREAM_NAME']
        self.invoked_function_arn = invocation['invokedFunctionArn']
        self.aws_request_id = invocation['requestId']
        self.client_context = types.SimpleNamespace(**invocation['clientContext']) if invocation.get('clientContext') else None
        self.identity = None
        self._deadline = invocation['deadline']

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))


class BootError(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load():
    name = os.environ['_HANDLER']
    if '.' not in name:
        raise BootError('Runtime.MalformedHandlerName', f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    module, function = name.rsplit('.', 1)
    try:
        loaded = importlib.import_module(module.replace('/', '.'))
    except ImportError as error:
        raise BootError('Runtime.ImportModuleError', f"Unable to import module '{module}': {error}") from error
    except SyntaxError as error:
        raise BootError('Runtime.UserCodeSyntaxError', f"Syntax error in module '{module}': {error}") from error
    if not hasattr(loaded, function):
        raise BootError('Runtime.HandlerNotFound', f"Handler '{function}' missing on module '{module}'")
    return getattr(loaded, function)


def describe(error):
    kind = error.kind if isinstance(error, BootError) else type(error).__name__
    stack = [] if isinstance(error, BootError) else traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    return {'errorMessage': str(error), 'errorType': kind, 'requestId': request_id, 'stackTrace': stack}


def main():
    global offset, request_id
    sys.stdout = sys.stderr = LogStream()
    logging.getLogger().addHandler(LambdaLogHandler())
    # for the Node bootstrap alone
    os.environ.pop('_LAYERS', None)
    sys.path.insert(0, os.environ['LAMBDA_TASK_ROOT'])
    install_time()
    install_outbound()
    handler = None
    for line in requests:
        invocation = json.loads(line)
        offset = invocation['now'] / 1000 - real_time()
        request_id = invocation['requestId']
        os.environ['_X_AMZN_TRACE_ID'] = invocation['traceId']
        try:
            handler = handler or load()
            result = handler(json.loads(invocation['payload']), Context(invocation))
            send({'type': 'done', 'requestId': request_id, 'payload': json.dumps(result)})
        except Exception as error:
            described = describe(error)
            send({'type': 'log', 'message': f"[ERROR] {described['errorType']}: {described['errorMessage']}\n" + ''.join(described['stackTrace'])})
            send({'type': 'failed', 'requestId': request_id, 'error': described})


main()
