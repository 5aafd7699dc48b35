"""Public methods of the SDK's labeling jobs and queues, and the arguments of two of each."""
import inspect
import json

from supervisely.api.labeling_job_api import LabelingJobApi
from supervisely.api.labeling_queue_api import LabelingQueueApi


def methods(api):
    own = [name for name, member in inspect.getmembers(api, inspect.isroutine) if not name.startswith('_')]
    arguments = [name for method in (api.create, api.get_list) for name in inspect.signature(method).parameters if name != 'self']
    return own + arguments


print()
print(json.dumps({'jobs': methods(LabelingJobApi), 'queues': methods(LabelingQueueApi)}))
