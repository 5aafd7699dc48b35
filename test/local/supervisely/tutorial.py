"""The labeling-jobs tutorial with its own SDK; prints what it found as one JSON document."""
import json
import os

import requests
import supervisely as sly

api = sly.Api(os.environ['SERVER_ADDRESS'], os.environ['API_TOKEN'])
jobs = api.labeling_job
TEAM, PROJECT = 8, 5555
found = {}

labelers = []
for login in ('labeler_1', 'labeler_2'):
    user = api.user.get_info_by_login(login) or api.user.create(login=login, password='11111abc', is_restricted=True)
    if api.user.get_team_role(user.id, TEAM) is None:
        api.user.add_to_team(user.id, TEAM, api.role.DefaultRole.ANNOTATOR)
    labelers.append(user.id)
found['labelers'] = labelers
meta = sly.ProjectMeta.from_json(api.project.get_meta(PROJECT))
found['classes'] = sorted(one.name for one in meta.obj_classes)
dataset = api.dataset.get_list(PROJECT)[0]

first = jobs.create(name='labeler1_lemons_task', dataset_id=dataset.id, user_ids=labelers[:1], readme='manual',
                    description='short', classes_to_label=['lemon'])[0]
found['first'] = {'status': first.status, 'images': first.images_count, 'classes': first.classes_to_label, 'created_by': first.created_by_login}
jobs.stop(first.id)
found['stopped'] = str(jobs.get_status(first.id))

ids = [image.id for image in api.image.get_list(dataset_id=dataset.id)]
second = jobs.create(name='labeler2_kiwi_task_with_complex_settings', dataset_id=dataset.id, user_ids=labelers[1:], classes_to_label=['kiwi'],
                     objects_limit_per_image=10, tags_to_label=['size', 'origin'], tags_limit_per_image=20, images_ids=ids[:len(ids) // 2])[0]
jobs.stop(second.id)
found['second'] = {'images': sorted(entity['id'] for entity in second.entities), 'tags': second.tags_to_label,
                   'objects_limit': second.objects_limit_per_image, 'tags_limit': second.tags_limit_per_image}
me = api.user.get_info_by_login('my_username')
found['all'] = [job.id for job in jobs.get_list(TEAM, created_by_id=me.id, project_id=PROJECT, dataset_id=dataset.id)]
found['of_labeler_2'] = [job.id for job in jobs.get_list(TEAM, created_by_id=me.id, assigned_to_id=labelers[1])]
found['with_entities'] = [len(job.entities) for job in jobs.get_list(TEAM, with_entities=True)]
jobs.set_status(second.id, 'review_completed')
found['not_stopped'] = [job.id for job in jobs.get_list(TEAM, exclude_statuses=['stopped'], is_part_of_queue=False)]
jobs.archive(first.id)
found['shown'] = [job.id for job in jobs.get_list(TEAM)]
found['shown_with_archived'] = [job.id for job in jobs.get_list(TEAM, show_disabled=True)]
jobs.set_custom_data(second.id, {'a': 1})
jobs.set_custom_data(second.id, {'b': 2})
found['custom_data'] = jobs.get_custom_data(second.id)
found['assigned'] = jobs.set_assignees(second.id, annotator_id=labelers[0], reviewer_id=me.id).assigned_to_login
found['nobody'] = jobs.get_info_by_id(999)
try:
    jobs.create(name='banana', dataset_id=dataset.id, user_ids=labelers, classes_to_label=['banana'])
except requests.exceptions.HTTPError as error:
    found['unknown_class'] = error.response.status_code
jobs.remove_batch([first.id, second.id])
found['removed'] = jobs.get_list(TEAM, show_disabled=True)

third = jobs.create(name='to the end', dataset_id=dataset.id, user_ids=labelers[:1], classes_to_label=['kiwi', 'lemon'], images_ids=ids[:2])[0]
jobs.wait(third.id, jobs.Status.COMPLETED, wait_attempts=60)
annotations = jobs.get_annotations(third.id, ids[:2])
found['completed'] = {'accepted': jobs.get_info_by_id(third.id).accepted_images_count, 'labels': all(len(one.labels) > 0 for one in annotations),
                      'stats': jobs.get_stats(third.id)['images']['total']}
jobs.set_entity_review_status(third.id, ids[0], 'rejected')
found['restarted'] = len(jobs.restart(third.id))
found['clone'] = sorted(entity['id'] for entity in jobs.clone(third.id, new_title='clone')[0].entities)
print()
print(json.dumps(found))
