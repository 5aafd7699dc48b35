"""Labeling queues with their own SDK; prints what it found as one JSON document."""
import json
import os
import time

import supervisely as sly
from supervisely.api.labeling_queue_api import LabelingQueueApi

api = sly.Api(os.environ['SERVER_ADDRESS'], os.environ['API_TOKEN'])
queues = LabelingQueueApi(api)
TEAM, PROJECT = 8, 5555
STATUSES = ('null', 'none', 'done', 'accepted')
found = {}

labelers = []
for login in ('labeler_1', 'labeler_2'):
    user = api.user.get_info_by_login(login) or api.user.create(login=login, password='11111abc', is_restricted=True)
    if api.user.get_team_role(user.id, TEAM) is None:
        api.user.add_to_team(user.id, TEAM, api.role.DefaultRole.ANNOTATOR)
    labelers.append(user.id)
dataset = api.dataset.get_list(PROJECT)[0]
ids = [image.id for image in api.image.get_list(dataset_id=dataset.id)]
me = api.user.get_info_by_login('my_username')

first = queues.create('kiwis', labelers, [me.id], dataset_id=dataset.id, readme='manual', classes_to_label=['kiwi'], images_ids=ids[:4], images_range=None,
                      allow_review_own_annotations=True, hide_figure_author=True, disable_confirm=False)
info = queues.get_info_by_id(first)
found['first'] = {'status': info.status, 'people': [len(info.labelers), info.reviewers], 'jobs': len(info.jobs), 'entities': info.entities_count,
                  'pending': info.pending_count, 'project': info.project_id, 'collection': info.collection_id}
found['listed'] = {'dataset': len(queues.get_list(TEAM, dataset_id=dataset.id)), 'other dataset': len(queues.get_list(TEAM, dataset_id=1)),
                   'names': len(queues.get_list(TEAM, names=['kiwis'])), 'ids': len(queues.get_list(TEAM, ids=[first])),
                   'other names': len(queues.get_list(TEAM, names=['lemons'])), 'shown': len(queues.get_list(TEAM, project_id=PROJECT, show_disabled=True))}
found['waiting'] = [image['name'] for image in queues.get_entities_all_pages(first, per_page=3, status='null')['images']]
found['counts'] = {status: queues.get_entities_count_by_status(first, status) for status in STATUSES}
found['classes'] = [one.name for one in queues.get_project_meta(first).obj_classes]
found['jobs'] = [len(api.labeling_job.get_list(TEAM, queue_ids=[first])),
                 all(job.labeling_queue_id is None for job in api.labeling_job.get_list(TEAM, is_part_of_queue=False))]
while str(queues.get_status(first)) != 'completed':
    time.sleep(0.2)
info = queues.get_info_by_id(first)
found['completed'] = {'status': info.status, 'accepted': info.accepted_count, 'counts': [queues.get_entities_count_by_status(first, status) for status in STATUSES],
                      'images': sum(job.images_count for job in api.labeling_job.get_list(TEAM, queue_ids=first))}

collection = api.entities_collection.create(PROJECT, 'hard ones')
items = api.entities_collection.add_items(collection.id, ids[:2])
second = queues.create('hard ones', labelers[:1], [me.id], collection_id=collection.id)
queues.set_status(second, 'stopped')
info = queues.get_info_by_id(second)
found['collection'] = {'items': len(items), 'seen': len(api.image.get_list(project_id=PROJECT, entities_collection_id=collection.id)),
                       'entities': info.entities_count, 'narrowed': queues.get_entities_all_pages(second, collection_id=collection.id)['total'], 'dataset': info.dataset_id}
found['stopped'] = info.status
try:
    queues.remove(second)
except NotImplementedError as error:
    found['removal'] = type(error).__name__
third = queues.create('checked', labelers[:1], [me.id], dataset_id=dataset.id, enable_quality_check=True, quality_check_user_ids=[me.id], exclude_images_with_tags=['size'])
queues.set_status(third, 'stopped')
found['checked'] = len(queues.get_info_by_id(third).jobs)
print()
print(json.dumps(found))
